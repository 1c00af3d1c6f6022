// SPDX-License-Identifier: Apache-2.0

/// Rows whose weights are added, with their bound known beforehand.
struct RowSet: Sendable {
  /// The rows, ascending, so that a sum reads the weights in memory order.
  let rows: [UInt32]
  /// One more than the largest row.
  let rowBound: Int

  /// Collects rows.
  ///
  /// - Parameter rows: The rows, in any order.
  init(_ rows: [UInt32]) {
    self.rows = rows.sorted()
    self.rowBound = self.rows.last.map { Int($0) + 1 } ?? 0
  }

  /// Adds the rows' weights.
  ///
  /// - Parameter weights: The weights.
  /// - Returns: The eight sums.
  /// - Precondition: Every row has a weight.
  func sum(_ weights: LaneWeights) -> SIMD8<Double> {
    precondition(rowBound <= weights.words.count, "a weight for every row")
    return weights.words.span.laneSum(
      over: rows.span, from: 0, to: rows.count, chunkLength: weights.chunkLength)
  }
}
