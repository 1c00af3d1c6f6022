// SPDX-License-Identifier: Apache-2.0

/// The score that maximises Youden's index, sensitivity + specificity − 1.
///
/// Candidates are the distinct scores, compared in integers; the lowest tied threshold is taken,
/// as in ``MaxF1Threshold``.
///
/// - SeeAlso: Youden, *Cancer* 3 (1950),
///   <https://doi.org/10.1002/1097-0142(1950)3:1<32::AID-CNCR2820030106>3.0.CO;2-3>.
public struct YoudenThreshold: Hashable, Sendable {
  /// The threshold: the lowest of those with the largest index.
  public let threshold: Double
  /// The highest threshold with the same index.
  public let highestTiedThreshold: Double
  /// The number of distinct scores with the same index, this one included.
  public let tiedCount: Int
  /// The largest index, between 0 and 1.
  public let index: Double
  /// What the threshold decides on the scores it was chosen on.
  public let confusion: ConfusionMatrix

  /// Chooses the threshold.
  ///
  /// - Parameter ranked: The sorted scores of a validation split.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.noPositives` or `.noNegatives`.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores) throws(StatisticsError) {
    try ranked.requireBothClasses(for: "Youden's threshold")
    let (positives, negatives) = (ranked.positiveCount, ranked.negativeCount)
    let best = BestThreshold(ranked) { tie in
      (tie.truePositives * negatives - tie.falsePositives * positives, 1)
    }
    threshold = best.lowest.score
    highestTiedThreshold = best.highest.score
    tiedCount = best.tiedCount
    index = Double(best.numerator) / Double(positives * negatives)
    confusion = ConfusionMatrix(
      ranked, truePositives: best.lowest.truePositives,
      falsePositives: best.lowest.falsePositives)
  }
}
