// SPDX-License-Identifier: Apache-2.0

/// What acting on a model is worth at each threshold probability, in true positives per radiograph.
///
/// - SeeAlso: Vickers & Elkin, *Medical Decision Making* 26 (2006),
///   <https://doi.org/10.1177/0272989X06295361>.
public struct DecisionCurve: Hashable, Sendable {
  /// The net benefit at one threshold probability.
  public struct Point: Hashable, Sendable {
    /// The threshold probability, which sets the odds at which a false positive is accepted.
    public let threshold: Double
    /// The net benefit of acting when the prediction is at least the threshold.
    public let netBenefit: Double
    /// The net benefit of acting always; that of acting never is 0.
    public let treatAll: Double
  }

  /// The points, in the order of the thresholds asked for.
  public let points: [Point]

  /// Computes the net benefits.
  ///
  /// - Parameters:
  ///   - ranked: The sorted predictions, each a probability.
  ///   - thresholds: Threshold probabilities, from 0 to below 1.
  /// - Throws: ``StatisticsError`` with code `.empty`, or `.invalidArgument` if a prediction or a
  ///   threshold is out of range.
  /// - Complexity: O(*n* · *thresholds*).
  public init(_ ranked: RankedScores, thresholds: [Double]) throws(StatisticsError) {
    try ProbabilityTable.check(ranked.scores, labels: ranked.isPositive)
    let total = Double(ranked.count)
    let prevalence = Double(ranked.positiveCount) / total
    var points: [Point] = []
    for threshold in thresholds {
      guard (0..<1).contains(threshold) else {
        throw StatisticsError(
          .invalidArgument, "A threshold probability lies in [0, 1), unlike \(threshold).")
      }
      let odds = threshold / (1 - threshold)
      let matrix = ConfusionMatrix(ranked, threshold: threshold)
      points.append(
        Point(
          threshold: threshold,
          netBenefit: (Double(matrix.truePositives) - Double(matrix.falsePositives) * odds) / total,
          treatAll: prevalence - (1 - prevalence) * odds))
    }
    self.points = points
  }
}
