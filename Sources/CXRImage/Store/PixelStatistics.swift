// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Mean, standard deviation and extremes of the pixels of many images, exact whatever their number.
///
///     let statistics = try await PixelStatistics(of: store, at: trainIndices, threads: 8)
///     statistics.mean  // 0.4981, black 0 and white 1
public struct PixelStatistics: Sendable, Equatable {
  /// The number of images.
  public let imageCount: Int
  /// The number of pixels with each value, shape `[2^bitDepth]`.
  public let histogram: [UInt64]

  /// Counts the pixels of images in a store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - indices: The numbers of the radiographs in it.
  ///   - threads: How many images are read at a time.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(pixels).
  public init(of store: ImageStore, at indices: [Int], threads: Int) async throws {
    let batches = stride(from: 0, to: indices.count, by: 256).map {
      indices[$0..<min($0 + 256, indices.count)]
    }
    let valueCount = 1 << store.description.preparation.depth.rawValue
    imageCount = indices.count
    histogram = try await batches.concurrentMap(width: threads) { batch in
      var counts = [UInt64](repeating: 0, count: valueCount)
      for index in batch { store.image(at: index).count(into: &counts) }
      return counts
    }.reduce(into: [UInt64](repeating: 0, count: valueCount)) { sums, counts in
      for value in sums.indices { sums[value] += counts[value] }
    }
  }

  /// The number of pixels.
  public var pixelCount: UInt64 { histogram.reduce(0, +) }

  /// The mean, black 0 and white 1; `nil` without pixels.
  public var mean: Double? {
    guard pixelCount > 0 else { return nil }
    return Double(moment(1)) / Double(pixelCount) / white
  }

  /// The standard deviation of all pixels around ``mean``, dividing by their number; `nil` without
  /// pixels.
  public var standardDeviation: Double? {
    guard pixelCount > 0 else { return nil }
    let count = UInt128(pixelCount)
    // Integers throughout: the difference of two large sums keeps all its digits.
    let squares = count * moment(2) - moment(1) * moment(1)
    return Double(squares).squareRoot() / Double(pixelCount) / white
  }

  /// The smallest value, black 0 and white 1; `nil` without pixels.
  public var minimum: Double? { histogram.firstIndex { $0 > 0 }.map { Double($0) / white } }

  /// The largest value, black 0 and white 1; `nil` without pixels.
  public var maximum: Double? { histogram.lastIndex { $0 > 0 }.map { Double($0) / white } }

  private var white: Double { Double(histogram.count - 1) }

  private func moment(_ power: Int) -> UInt128 {
    histogram.enumerated().reduce(into: UInt128(0)) { sum, bin in
      let value = UInt128(bin.offset)
      sum += UInt128(bin.element) * (power == 1 ? value : value * value)
    }
  }
}

extension GrayImage {
  fileprivate func count(into counts: inout [UInt64]) {
    switch pixels {
    case .bytes(let pixels): for pixel in pixels { counts[Int(pixel)] += 1 }
    case .words(let pixels): for pixel in pixels { counts[Int(pixel)] += 1 }
    }
  }
}
