// SPDX-License-Identifier: Apache-2.0

/// The rows of each cell of a two-by-two table: what resampling needs to know of a threshold.
public struct BinaryDecisions: Sendable {
  /// True positives, false positives, false negatives, true negatives.
  let cells: [RowSet]

  /// Calls a row positive when its score reaches a threshold.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores with their labels.
  ///   - threshold: The lowest score that is called positive.
  /// - Complexity: O(*n* log *n*).
  public init(_ ranked: RankedScores, threshold: Double) {
    var cells: [[UInt32]] = [[], [], [], []]
    for (position, row) in ranked.rows.enumerated() {
      let isCalled = ranked.scores[position] >= threshold
      cells[(isCalled ? 0 : 2) + (ranked.isPositive[position] ? 0 : 1)].append(row)
    }
    self.cells = cells.map(RowSet.init)
  }
}
