// SPDX-License-Identifier: Apache-2.0

/// The score that maximises F1 when every score at or above it is called positive.
///
/// Candidates are the distinct scores. F1 = 2 TP / (predicted positives + positives) is compared
/// as a fraction of integers, so that a tie is a tie; the lowest tied threshold is taken, because
/// it misses fewest positives.
///
/// - SeeAlso: Lipton, Elkan & Naryanaswamy, *ECML* 2014,
///   <https://doi.org/10.1007/978-3-662-44851-9_15>.
public struct MaxF1Threshold: Hashable, Sendable {
  /// The threshold: the lowest of those with the largest F1.
  public let threshold: Double
  /// The highest threshold with the same F1.
  public let highestTiedThreshold: Double
  /// The number of distinct scores with the same F1, this one included.
  public let tiedCount: Int
  /// The largest F1.
  public let f1: Double
  /// What the threshold decides on the scores it was chosen on.
  public let confusion: ConfusionMatrix

  /// Chooses the threshold.
  ///
  /// - Parameter ranked: The sorted scores of a validation split; choosing on the test split would
  ///   flatter the model.
  /// - Throws: ``StatisticsError`` with code `.empty` or `.noPositives`.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores) throws(StatisticsError) {
    try ranked.requirePositives(for: "The threshold of largest F1")
    let best = BestThreshold(ranked) { tie in
      (2 * tie.truePositives, tie.predictedPositives + ranked.positiveCount)
    }
    threshold = best.lowest.score
    highestTiedThreshold = best.highest.score
    tiedCount = best.tiedCount
    f1 = Double(best.numerator) / Double(best.denominator)
    confusion = ConfusionMatrix(
      ranked, truePositives: best.lowest.truePositives,
      falsePositives: best.lowest.falsePositives)
  }
}
