// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The Gaussian window of SSIM, and the means over all its positions within an image.
struct SSIMWindow: Sendable {
  static let radius = 5
  static let width = 2 * radius + 1
  private static let deviation = 1.5
  /// Black to white is 1.
  private static let luminanceConstant = 0.01 * 0.01
  private static let contrastConstant = 0.03 * 0.03

  /// The weights from the edge to the centre; the other half mirrors them.
  private let weights: [6 of Double]

  init(_ convention: SSIMConvention) {
    switch convention {
    case .unpadded:
      // What pytorch-msssim holds, bit for bit: its sum is not quite 1, and where an image is even,
      // that outweighs the variance, so weights that are merely close change the fifth decimal.
      weights = [
        0x1.0d957p-10, 0x1.f1fe02p-8, 0x1.26eb18p-5, 0x1.bff0fep-4, 0x1.b43c3ep-3, 0x1.1065600p-2,
      ]
    case .reflected:
      let raw = (0..<Self.width).map { index in
        let distance = Double(index - Self.radius) / Self.deviation
        return exp(-distance * distance / 2)
      }
      let total = raw.reduce(0, +)
      weights = InlineArray<6, Double> { raw[$0] / total }
    }
  }

  /// The means of contrast-and-structure and of SSIM over all windows within two planes.
  ///
  /// A pixel is four lanes: both values, the sum of their squares, their product. The window is
  /// separable, so each row is filtered once and eleven filtered rows are kept in a ring.
  func means(
    _ first: SimilarityPlane, _ second: SimilarityPlane
  ) -> (contrast: Double, similarity: Double) {
    let columns = first.width - 2 * Self.radius
    let rows = first.height - 2 * Self.radius
    var line = ContiguousArray(repeating: SIMD4<Double>.zero, count: first.width)
    var ring = ContiguousArray(repeating: SIMD4<Double>.zero, count: Self.width * columns)
    var contrast = 0.0
    var similarity = 0.0
    for row in 0..<first.height {
      fill(&line, first, second, row: row)
      filter(line, into: &ring, at: (row % Self.width) * columns, count: columns)
      guard row >= 2 * Self.radius else { continue }
      let sums = combine(ring, from: (row + 1) % Self.width, count: columns)
      contrast += sums.contrast
      similarity += sums.similarity
    }
    let count = Double(columns * rows)
    return (contrast / count, similarity / count)
  }

  private func fill(
    _ line: inout ContiguousArray<SIMD4<Double>>, _ first: SimilarityPlane,
    _ second: SimilarityPlane, row: Int
  ) {
    let range = (row * first.width)..<((row + 1) * first.width)
    let xs = first.values.span.extracting(range)
    let ys = second.values.span.extracting(range)
    var line = line.mutableSpan
    for column in 0..<line.count {
      let (x, y) = (xs[column], ys[column])
      line[column] = SIMD4(x, y, x * x + y * y, x * y)
    }
  }

  private func filter(
    _ line: ContiguousArray<SIMD4<Double>>, into ring: inout ContiguousArray<SIMD4<Double>>,
    at start: Int, count: Int
  ) {
    let line = line.span
    var ring = ring.mutableSpan
    let (w0, w1, w2) = (weights[0], weights[1], weights[2])
    let (w3, w4, w5) = (weights[3], weights[4], weights[5])
    for column in 0..<count {
      var sum = w0 * (line[column] + line[column &+ 10])
      sum += w1 * (line[column &+ 1] + line[column &+ 9])
      sum += w2 * (line[column &+ 2] + line[column &+ 8])
      sum += w3 * (line[column &+ 3] + line[column &+ 7])
      sum += w4 * (line[column &+ 4] + line[column &+ 6])
      sum += w5 * line[column &+ 5]
      ring[start &+ column] = sum
    }
  }

  /// Filters one column of windows after the other and sums what SSIM makes of them; `oldest` is the
  /// row of the ring that was filled first.
  private func combine(
    _ ring: ContiguousArray<SIMD4<Double>>, from oldest: Int, count: Int
  ) -> (contrast: Double, similarity: Double) {
    let ring = ring.span
    let starts = InlineArray<11, Int> { (oldest + $0) % Self.width * count }
    let (w0, w1, w2) = (weights[0], weights[1], weights[2])
    let (w3, w4, w5) = (weights[3], weights[4], weights[5])
    let (c1, c2) = (Self.luminanceConstant, Self.contrastConstant)
    var contrast = 0.0
    var similarity = 0.0
    for column in 0..<count {
      var sum = w0 * (ring[starts[0] &+ column] + ring[starts[10] &+ column])
      sum += w1 * (ring[starts[1] &+ column] + ring[starts[9] &+ column])
      sum += w2 * (ring[starts[2] &+ column] + ring[starts[8] &+ column])
      sum += w3 * (ring[starts[3] &+ column] + ring[starts[7] &+ column])
      sum += w4 * (ring[starts[4] &+ column] + ring[starts[6] &+ column])
      sum += w5 * ring[starts[5] &+ column]
      let product = sum.x * sum.y
      let squares = sum.x * sum.x + sum.y * sum.y
      let structure = (2 * (sum.w - product) + c2) / (sum.z - squares + c2)
      contrast += structure
      similarity += structure * ((2 * product + c1) / (squares + c1))
    }
    return (contrast, similarity)
  }
}
