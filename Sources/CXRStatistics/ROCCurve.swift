// SPDX-License-Identifier: Apache-2.0

/// The receiver operating characteristic: the rates at every distinct score as threshold.
///
/// A radiograph counts as positive when its score is at least the threshold.
///
/// - SeeAlso: Fawcett, *Pattern Recognition Letters* 27 (2006),
///   <https://doi.org/10.1016/j.patrec.2005.10.010>.
public struct ROCCurve: Hashable, Sendable {
  /// The rates at one threshold.
  public struct Point: Hashable, Sendable {
    /// The threshold; infinite at the origin, where nothing counts as positive.
    public let threshold: Double
    /// The share of negatives at or above the threshold.
    public let fpr: Double
    /// The share of positives at or above the threshold.
    public let tpr: Double
  }

  /// The points from (0, 0) to (1, 1), by descending threshold.
  public let points: [Point]

  /// Traces the curve.
  ///
  /// - Parameter ranked: The sorted scores.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.noPositives` or `.noNegatives`.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores) throws(StatisticsError) {
    try ranked.requireBothClasses(for: "The ROC curve")
    let positives = Double(ranked.positiveCount)
    let negatives = Double(ranked.negativeCount)
    points =
      [Point(threshold: .infinity, fpr: 0, tpr: 0)]
      + ranked.ties.map { tie in
        Point(
          threshold: tie.score, fpr: Double(tie.falsePositives) / negatives,
          tpr: Double(tie.truePositives) / positives)
      }
  }
}
