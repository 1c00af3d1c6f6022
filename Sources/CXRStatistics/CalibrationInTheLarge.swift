// SPDX-License-Identifier: Apache-2.0

/// Whether predictions are too low or too high on the whole.
///
/// - SeeAlso: Van Calster et al., *BMC Medicine* 17 (2019),
///   <https://doi.org/10.1186/s12916-019-1466-7>.
public struct CalibrationInTheLarge: Hashable, Sendable {
  /// The log odds to add to every prediction; 0 is perfect, positive means predictions are too low.
  public let intercept: Double
  /// The standard error of the intercept.
  public let standardError: Double
  /// The mean predicted probability.
  public let meanPrediction: Double
  /// The share of positives.
  public let prevalence: Double

  /// The number of positives over the number expected; 1 is perfect.
  public var observedOverExpected: Double { prevalence / meanPrediction }

  /// Fits the intercept, the slope being 1.
  ///
  /// - Parameters:
  ///   - probabilities: One probability per radiograph, shape `[n]`, kept off 0 and 1 by 10⁻⁶ for
  ///     the intercept.
  ///   - labels: `true` for positive, shape `[n]`.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.nonFinite`, `.invalidArgument`,
  ///   `.noPositives`, `.noNegatives` or `.notConverged`.
  /// - Precondition: The arrays have the same count.
  /// - Complexity: O(*n*).
  public init(probabilities: [Double], labels: [Bool]) throws(StatisticsError) {
    let fit = try LogisticRecalibration(.intercept, probabilities: probabilities, labels: labels)
    intercept = fit.intercept
    standardError = fit.interceptStandardError
    var sum = CompensatedSum()
    for probability in probabilities { sum.add(probability) }
    meanPrediction = sum.value / Double(labels.count)
    prevalence = Double(labels.count { $0 }) / Double(labels.count)
  }
}
