// SPDX-License-Identifier: Apache-2.0

/// The squared maximum mean discrepancy of two sets of feature vectors under a cubic kernel.
///
/// Unlike the Fréchet distance it is unbiased at any sample size, so it can be slightly negative.
///
/// - SeeAlso: Bińkowski et al., *ICLR* 2018, <https://arxiv.org/abs/1801.01401>.
public struct KernelInceptionDistance: Sendable {
  /// The distance over all pairs of rows.
  public let value: Double
  /// The number of rows of both sets.
  public let sampleCounts: [Int]

  /// Computes the distance with the kernel (x·y / *d* + 1)³.
  ///
  /// - Parameters:
  ///   - first: Vectors row by row, shape `[rows, dimensions]`.
  ///   - second: Vectors row by row, shape `[rows, dimensions]`.
  ///   - dimensions: The length of a vector.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument` if a set is not made of whole rows,
  ///   `.empty` if it has fewer than two, `.nonFinite` if it holds NaN or infinity.
  /// - Complexity: O(*n*² *d*) time; memory for 512 rows of a kernel matrix at a time.
  public init(
    _ first: [Double], _ second: [Double], dimensions: Int
  ) throws(StatisticsError) {
    for rows in [first, second] {
      guard dimensions > 0, rows.count.isMultiple(of: dimensions) else {
        throw StatisticsError(
          .invalidArgument,
          "\(rows.count) numbers are not whole vectors of \(dimensions) dimensions.")
      }
      guard rows.count >= 2 * dimensions else {
        throw StatisticsError(.empty, "The kernel distance needs at least 2 vectors per set.")
      }
      guard rows.allSatisfy(\.isFinite) else {
        throw StatisticsError(.nonFinite, "A feature vector holds NaN or infinity.")
      }
    }
    let n = Double(first.count / dimensions)
    let m = Double(second.count / dimensions)
    let within =
      Self.sum(first, first, dimensions, skippingDiagonal: true) / (n * (n - 1))
      + Self.sum(second, second, dimensions, skippingDiagonal: true) / (m * (m - 1))
    let between = Self.sum(first, second, dimensions, skippingDiagonal: false) / (n * m)
    value = within - 2 * between
    sampleCounts = [Int(n), Int(m)]
  }

  /// Computes the distance of single-precision vectors.
  ///
  /// - Parameters:
  ///   - first: Vectors row by row, shape `[rows, dimensions]`.
  ///   - second: Vectors row by row, shape `[rows, dimensions]`.
  ///   - dimensions: The length of a vector.
  /// - Throws: As the initialiser for double precision.
  public init(
    _ first: [Float], _ second: [Float], dimensions: Int
  ) throws(StatisticsError) {
    try self.init(first.map(Double.init), second.map(Double.init), dimensions: dimensions)
  }

  /// Adds the kernel over all pairs of rows, a block of rows at a time.
  private static func sum(
    _ a: [Double], _ b: [Double], _ dimensions: Int, skippingDiagonal: Bool
  ) -> Double {
    let columns = b.count / dimensions
    let rows = a.count / dimensions
    var total = CompensatedSum()
    for start in stride(from: 0, to: rows, by: 512) {
      let end = min(start + 512, rows)
      let products = Dense.product(
        Array(a[start * dimensions..<end * dimensions]), b, rows: end - start, columns: columns)
      for row in start..<end {
        var rowSum = 0.0
        for column in 0..<columns where !(skippingDiagonal && column == row) {
          let kernel = products[(row - start) * columns + column] / Double(dimensions) + 1
          rowSum += kernel * kernel * kernel
        }
        total.add(rowSum)
      }
    }
    return total.value
  }
}
