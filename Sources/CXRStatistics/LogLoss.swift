// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The mean negative log likelihood of the outcomes; 0 is perfect.
///
/// Probabilities are first moved into [10⁻⁶, 1 − 10⁻⁶], so that a single certain mistake does not
/// make the loss infinite.
///
/// - SeeAlso: Good, *J. R. Stat. Soc. B* 14 (1952),
///   <https://doi.org/10.1111/j.2517-6161.1952.tb00104.x>.
public struct LogLoss: Hashable, Sendable {
  /// The loss, in nats.
  public let value: Double

  /// Computes the loss.
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
      let clipped = ProbabilityTable.clipped(probability)
      sum.add(isPositive ? -log(clipped) : -log1p(-clipped))
    }
    value = sum.value / Double(labels.count)
  }
}
