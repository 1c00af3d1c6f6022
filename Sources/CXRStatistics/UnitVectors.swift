// SPDX-License-Identifier: Apache-2.0

/// Feature vectors of length 1, whose products are the cosines of the angles between them.
public struct UnitVectors: Sendable {
  /// The vectors row by row, shape `[count, dimensions]`.
  let rows: [Float]
  /// The number of vectors.
  public let count: Int
  /// The length of a vector.
  public let dimensions: Int

  /// Divides vectors by their lengths.
  ///
  /// - Parameters:
  ///   - rows: Vectors row by row, shape `[rows, dimensions]`.
  ///   - dimensions: The length of a vector.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument` if these are not whole vectors,
  ///   `.empty` if there is none, `.nonFinite` for NaN or infinity, `.zeroVariance` for a vector of
  ///   zeros, which has no direction.
  /// - Complexity: O(*n d*).
  public init(_ rows: [Float], dimensions: Int) throws(StatisticsError) {
    guard dimensions > 0, rows.count.isMultiple(of: dimensions) else {
      throw StatisticsError(
        .invalidArgument,
        "\(rows.count) numbers are not whole vectors of \(dimensions) dimensions.")
    }
    guard !rows.isEmpty else { throw StatisticsError(.empty, "There are no vectors.") }
    var scaled = rows
    for start in stride(from: 0, to: rows.count, by: dimensions) {
      let square = rows[start..<start + dimensions].reduce(0) { $0 + Double($1) * Double($1) }
      guard square.isFinite else {
        throw StatisticsError(
          .nonFinite, "Vector \(start / dimensions + 1) holds NaN or infinity.")
      }
      guard square > 0 else {
        throw StatisticsError(
          .zeroVariance, "Vector \(start / dimensions + 1) is all zeros and has no direction.")
      }
      let length = square.squareRoot()
      for place in start..<start + dimensions {
        scaled[place] = Float(Double(rows[place]) / length)
      }
    }
    self.rows = scaled
    count = rows.count / dimensions
    self.dimensions = dimensions
  }
}
