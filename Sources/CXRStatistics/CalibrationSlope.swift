// SPDX-License-Identifier: Apache-2.0

/// Whether predictions are too extreme or too timid.
///
/// The outcome is regressed on the log odds of the prediction; both coefficients are fitted.
///
/// - SeeAlso: Cox, *Biometrika* 45 (1958), <https://doi.org/10.1093/biomet/45.3-4.562>;
///   Van Calster et al., *BMC Medicine* 17 (2019), <https://doi.org/10.1186/s12916-019-1466-7>.
public struct CalibrationSlope: Hashable, Sendable {
  /// The slope; 1 is perfect, below 1 predictions are too extreme.
  public let slope: Double
  /// The standard error of the slope.
  public let standardError: Double
  /// The intercept fitted along with the slope.
  public let intercept: Double

  /// Fits slope and intercept.
  ///
  /// - Parameters:
  ///   - probabilities: One probability per radiograph, shape `[n]`, kept off 0 and 1 by 10⁻⁶.
  ///   - labels: `true` for positive, shape `[n]`.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.nonFinite`, `.invalidArgument`,
  ///   `.noPositives`, `.noNegatives`, `.zeroVariance` if all predictions are equal, or
  ///   `.notConverged` if they separate the classes.
  /// - Precondition: The arrays have the same count.
  /// - Complexity: O(*n*).
  public init(probabilities: [Double], labels: [Bool]) throws(StatisticsError) {
    let fit = try LogisticRecalibration(
      .interceptAndSlope, probabilities: probabilities, labels: labels)
    slope = fit.slope
    standardError = fit.slopeStandardError
    intercept = fit.intercept
  }
}
