// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A logistic regression of the outcome on the log odds of the prediction.
///
/// Newton's method, which for this model is iteratively reweighted least squares, halving a step
/// that would lower the likelihood.
///
/// - SeeAlso: McCullagh & Nelder, *Generalized Linear Models* (1989), §4.4.
struct LogisticRecalibration {
  /// The fitted intercept.
  private(set) var intercept = 0.0
  /// The fitted slope, or 1 if it was held.
  private(set) var slope = 1.0
  /// The standard error of the intercept.
  private(set) var interceptStandardError = 0.0
  /// The standard error of the slope, or 0 if it was held.
  private(set) var slopeStandardError = 0.0

  /// Which coefficients are fitted.
  enum Coefficients {
    /// The intercept alone; the slope is 1.
    case intercept
    /// Intercept and slope.
    case interceptAndSlope
  }

  /// Fits the regression.
  ///
  /// - Parameters:
  ///   - coefficients: Which coefficients to fit.
  ///   - probabilities: One probability per radiograph, shape `[n]`, kept off 0 and 1 by 10⁻⁶.
  ///   - labels: `true` for positive, shape `[n]`.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.nonFinite`, `.invalidArgument`,
  ///   `.noPositives` or `.noNegatives`; `.notConverged` if the predictions separate the classes;
  ///   `.zeroVariance` if a slope is wanted and all predictions are equal.
  /// - Complexity: O(*n*) for each of about ten steps.
  init(
    _ coefficients: Coefficients, probabilities: [Double], labels: [Bool]
  ) throws(StatisticsError) {
    try ProbabilityTable.check(probabilities, labels: labels)
    guard labels.contains(true) else {
      throw StatisticsError(.noPositives, "Recalibration needs a positive radiograph.")
    }
    guard labels.contains(false) else {
      throw StatisticsError(.noNegatives, "Recalibration needs a negative radiograph.")
    }
    let logits = probabilities.map { probability in
      let clipped = ProbabilityTable.clipped(probability)
      return log(clipped) - log1p(-clipped)
    }
    let fitsSlope = coefficients == .interceptAndSlope
    if fitsSlope && logits.allSatisfy({ $0 == logits[0] }) {
      throw StatisticsError(.zeroVariance, "All predictions are equal, so they have no slope.")
    }
    var state = Likelihood(logits, labels, intercept: intercept, slope: slope)
    for _ in 0..<100 {
      let (up, along) = state.step(fitsSlope: fitsSlope)
      var share = 1.0
      var next = Likelihood(logits, labels, intercept: intercept + up, slope: slope + along)
      // Near the optimum the likelihood moves by rounding only, which must not stop a step.
      while next.value < state.value - 1e-9 * abs(state.value) && share > 1e-6 {
        share /= 2
        next = Likelihood(
          logits, labels, intercept: intercept + share * up, slope: slope + share * along)
      }
      intercept += share * up
      slope += share * along
      state = next
      if abs(up) <= 1e-11 * (1 + abs(intercept)) && abs(along) <= 1e-11 * (1 + abs(slope)) {
        (interceptStandardError, slopeStandardError) = state.standardErrors(fitsSlope: fitsSlope)
        return
      }
      // Separated classes drive the fitted probabilities to 0 and 1, and the information to 0.
      guard state.information.intercept > 1e-9 * Double(labels.count) else { break }
    }
    throw StatisticsError(
      .notConverged,
      "The recalibration has no finite optimum: the predictions separate the classes.")
  }

  /// The log likelihood with its first and second derivatives.
  private struct Likelihood {
    var value = 0.0
    var score = (intercept: 0.0, slope: 0.0)
    var information = (intercept: 0.0, both: 0.0, slope: 0.0)

    init(_ logits: [Double], _ labels: [Bool], intercept: Double, slope: Double) {
      for (logit, isPositive) in zip(logits, labels) {
        let linear = intercept + slope * logit
        let tail = exp(-abs(linear))
        value += min(isPositive ? linear : -linear, 0) - log1p(tail)
        let probability = (linear < 0 ? tail : 1) / (1 + tail)
        let residual = (isPositive ? 1 : 0) - probability
        score.intercept += residual
        score.slope += residual * logit
        let weight = tail / ((1 + tail) * (1 + tail))
        information.intercept += weight
        information.both += weight * logit
        information.slope += weight * logit * logit
      }
    }

    private var determinant: Double {
      information.intercept * information.slope - information.both * information.both
    }

    func step(fitsSlope: Bool) -> (intercept: Double, slope: Double) {
      guard fitsSlope else { return (score.intercept / information.intercept, 0) }
      return (
        (information.slope * score.intercept - information.both * score.slope) / determinant,
        (information.intercept * score.slope - information.both * score.intercept) / determinant
      )
    }

    func standardErrors(fitsSlope: Bool) -> (intercept: Double, slope: Double) {
      guard fitsSlope else { return (1 / information.intercept.squareRoot(), 0) }
      return (
        (information.slope / determinant).squareRoot(),
        (information.intercept / determinant).squareRoot()
      )
    }
  }
}
