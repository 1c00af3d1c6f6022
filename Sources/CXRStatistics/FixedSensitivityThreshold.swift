// SPDX-License-Identifier: Apache-2.0

/// The highest score whose sensitivity reaches a target.
///
/// It is the threshold of a screening programme: of all thresholds that miss few enough positives,
/// the one that calls fewest radiographs positive.
public struct FixedSensitivityThreshold: Hashable, Sendable {
  /// The threshold.
  public let threshold: Double
  /// The sensitivity reached, at least the target.
  public let sensitivity: Double
  /// What the threshold decides on the scores it was chosen on.
  public let confusion: ConfusionMatrix

  /// Chooses the threshold.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores of a validation split.
  ///   - target: The sensitivity to reach, above 0 and at most 1.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument`, `.empty` or `.noPositives`.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores, sensitivity target: Double) throws(StatisticsError) {
    guard target > 0, target <= 1 else {
      throw StatisticsError(
        .invalidArgument, "A target sensitivity lies in (0, 1], unlike \(target).")
    }
    try ranked.requirePositives(for: "The threshold of fixed sensitivity")
    let positives = Double(ranked.positiveCount)
    for tie in ranked.ties where Double(tie.truePositives) / positives >= target {
      threshold = tie.score
      sensitivity = Double(tie.truePositives) / positives
      confusion = ConfusionMatrix(
        ranked, truePositives: tie.truePositives, falsePositives: tie.falsePositives)
      return
    }
    preconditionFailure("the lowest score reaches every positive")
  }
}
