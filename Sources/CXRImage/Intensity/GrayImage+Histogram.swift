// SPDX-License-Identifier: Apache-2.0

extension GrayImage {
  /// Counts the pixels of each value.
  ///
  /// - Returns: One count for each of the `2^bitDepth` values.
  /// - Complexity: O(pixels + values).
  public func histogram() -> [Int] {
    var counts = [Int](repeating: 0, count: maximum + 1)
    switch pixels {
    case .bytes(let bytes): for value in bytes { counts[Int(value)] += 1 }
    case .words(let words): for value in words { counts[Int(value)] += 1 }
    }
    return counts
  }

  /// Returns the image with its values spread so that their histogram is nearly flat.
  ///
  /// The darkest value becomes 0 and the rest share the range by the number of pixels up to them,
  /// rounded half to even: OpenCV's `equalizeHist`, to the bit for 8 bits; deeper images follow the
  /// same rule over all their values. An image of a single value stays as it is.
  ///
  /// - Returns: An image of the same bit depth.
  /// - Complexity: O(pixels + values).
  public func equalized() -> GrayImage {
    let counts = histogram()
    let darkest = counts.firstIndex { $0 > 0 } ?? 0
    let rest = pixels.count - counts[darkest]
    guard rest > 0 else { return self }
    var sum = 0
    let table = counts.indices.map { value in
      guard value > darkest else { return 0 }
      sum += counts[value]
      // OpenCV multiplies in single precision, which decides ties.
      return bitDepth > 8
        ? Int((Double(sum) * (Double(maximum) / Double(rest))).rounded(.toNearestOrEven))
        : Int((Float(sum) * (Float(maximum) / Float(rest))).rounded(.toNearestOrEven))
    }.map { min($0, maximum) }
    let newPixels: Pixels =
      switch pixels {
      case .bytes(let bytes): .bytes(bytes.mapped { UInt8(table[Int($0)]) })
      case .words(let words): .words(words.mapped { UInt16(table[Int($0)]) })
      }
    return GrayImage(width: width, height: height, pixels: newPixels, bitDepth: bitDepth)
  }

  /// Returns a percentile of the pixels, between two values in proportion as NumPy does.
  ///
  /// - Parameter percent: A number from 0 to 100.
  /// - Returns: A number from 0 to ``maximum``.
  /// - Precondition: `percent` is from 0 to 100.
  /// - Complexity: O(pixels + values).
  public func percentile(_ percent: Double) -> Double {
    precondition((0...100).contains(percent))
    let rank = percent / 100 * Double(pixels.count - 1)
    let lower = Int(rank)
    var below = 0
    var first: Int?
    for (value, count) in histogram().enumerated() {
      below += count
      if first == nil && below > lower { first = value }
      // The rank above may belong to a larger value.
      if let first, below > lower + 1 || below == pixels.count {
        let second = below > lower + 1 ? value : first
        return Double(first) + Double(second - first) * (rank - Double(lower))
      }
    }
    return Double(maximum)
  }
}

extension RangedImage where Range: LinearRange {
  /// Creates an image whose black and white are percentiles of another; what lies beyond is cut off.
  ///
  ///     RangedImage<UnitRange>(clipping: image, to: 0.5...99.5)
  ///
  /// - Parameters:
  ///   - image: The decoded image.
  ///   - percentiles: Two numbers from 0 to 100. Both are rounded to whole pixel values.
  /// - Complexity: O(pixels + values).
  public init(clipping image: GrayImage, to percentiles: ClosedRange<Double>) {
    let black = Int(image.percentile(percentiles.lowerBound).rounded())
    let white = Int(image.percentile(percentiles.upperBound).rounded())
    self.init(image, black: black, white: max(white, black + 1))
  }
}
