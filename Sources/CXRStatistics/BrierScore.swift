// SPDX-License-Identifier: Apache-2.0

/// The mean squared distance between predicted probability and outcome; 0 is perfect.
///
/// - SeeAlso: Brier, *Monthly Weather Review* 78 (1950),
///   <https://doi.org/10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2>.
public struct BrierScore: Hashable, Sendable {
  /// The score, between 0 and 1.
  public let value: Double

  /// Computes the score.
  ///
  /// - Parameters:
  ///   - probabilities: One probability per radiograph, shape `[n]`.
  ///   - labels: `true` for positive, shape `[n]`.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.nonFinite` or `.invalidArgument`.
  /// - Precondition: The arrays have the same count.
  /// - Complexity: O(*n*).
  public init(probabilities: [Double], labels: [Bool]) throws(StatisticsError) {
    try ProbabilityTable.check(probabilities, labels: labels)
    var sum = CompensatedSum()
    for (probability, isPositive) in zip(probabilities, labels) {
      let distance = isPositive ? 1 - probability : probability
      sum.add(distance * distance)
    }
    value = sum.value / Double(labels.count)
  }
}
