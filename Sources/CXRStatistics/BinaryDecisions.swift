// SPDX-License-Identifier: Apache-2.0

/// The rows of each cell of a two-by-two table: what resampling needs to know of a threshold.
public struct BinaryDecisions: Sendable {
  /// The positive rows that are called positive.
  public let truePositives: [UInt32]
  /// The negative rows that are called positive.
  public let falsePositives: [UInt32]
  /// The positive rows that are called negative.
  public let falseNegatives: [UInt32]
  /// The negative rows that are called negative.
  public let trueNegatives: [UInt32]

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
    // Ascending rows keep the walk over the weights in memory order.
    self.truePositives = cells[0].sorted()
    self.falsePositives = cells[1].sorted()
    self.falseNegatives = cells[2].sorted()
    self.trueNegatives = cells[3].sorted()
  }

  var cells: [[UInt32]] { [truePositives, falsePositives, falseNegatives, trueNegatives] }
}
