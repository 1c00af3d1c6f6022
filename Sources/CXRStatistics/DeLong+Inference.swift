// SPDX-License-Identifier: Apache-2.0
import Foundation

extension DeLong {
  /// The scale on which an interval is symmetric.
  public enum IntervalScale: String, CaseIterable, Sendable {
    /// The area itself; the interval is cut off at 0 and 1.
    case linear
    /// The area's log odds, which keeps the interval inside (0, 1) and is better near 1.
    ///
    /// - SeeAlso: Pepe, *The Statistical Evaluation of Medical Tests* (2003).
    case logit
  }

  /// Returns the standard error of a model's area.
  ///
  /// - Parameter model: The model's position.
  /// - Returns: The square root of the variance.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if the variance is undefined, or 0 as
  ///   when the model separates the classes.
  public func standardError(of model: Int) throws(StatisticsError) -> Double {
    let variance = try covariance[model][model]
    guard variance > 0 else {
      throw StatisticsError(
        .zeroVariance,
        "The AUROC of \(aurocs[model].value) has no estimated variance, so an interval would be a "
          + "single point; more radiographs of both classes are needed.")
    }
    return variance.squareRoot()
  }

  /// Returns a confidence interval for a model's area.
  ///
  /// - Parameters:
  ///   - model: The model's position.
  ///   - confidence: The coverage, between 0 and 1.
  ///   - scale: The scale on which the interval is symmetric.
  /// - Returns: The interval, within [0, 1].
  /// - Throws: ``StatisticsError`` as for ``standardError(of:)``.
  public func interval(
    of model: Int, confidence: Double = 0.95, scale: IntervalScale = .linear
  ) throws(StatisticsError) -> Interval {
    let error = try standardError(of: model)
    let area = aurocs[model].value
    let halfWidth = error * SpecialFunctions.normalHalfWidth(confidence: confidence)
    switch scale {
    case .linear:
      return Interval(lower: max(0, area - halfWidth), upper: min(1, area + halfWidth))
    case .logit:
      // An area of exactly 0 or 1 has variance 0 and has thrown above.
      let logOdds = log(area / (1 - area))
      let shift = halfWidth / (area * (1 - area))
      return Interval(
        lower: 1 / (1 + exp(shift - logOdds)), upper: 1 / (1 + exp(-shift - logOdds)))
    }
  }

  /// Tests whether two models have the same area.
  ///
  /// - Parameters:
  ///   - first: A model's position.
  ///   - second: Another model's position.
  ///   - confidence: The coverage of the interval of the difference, between 0 and 1.
  /// - Returns: The comparison; positive differences favour the first model.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if the covariance is undefined.
  public func comparison(
    of first: Int, with second: Int, confidence: Double = 0.95
  ) throws(StatisticsError) -> AUROCComparison {
    AUROCComparison(
      aurocs[first], aurocs[second], variance: try differenceVariance[first][second],
      degreesOfFreedom: nil, confidence: confidence)
  }

  /// Tests every pair of models, in ascending order of first and second position.
  ///
  /// - Parameter confidence: The coverage of the intervals, between 0 and 1.
  /// - Returns: The pairs' positions with their comparisons.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if the covariance is undefined.
  public func comparisons(
    confidence: Double = 0.95
  ) throws(StatisticsError) -> [(first: Int, second: Int, comparison: AUROCComparison)] {
    var comparisons: [(first: Int, second: Int, comparison: AUROCComparison)] = []
    for first in aurocs.indices {
      for second in aurocs.indices where second > first {
        comparisons.append(
          (first, second, try comparison(of: first, with: second, confidence: confidence)))
      }
    }
    return comparisons
  }

  /// Tests whether all models have the same area.
  ///
  /// - Returns: A chi-square test with one degree of freedom fewer than models, or fewer still if
  ///   some models rank alike.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if the covariance is undefined, or if
  ///   areas differ that do not vary against each other; `.invalidArgument` for a single model.
  public func overallTest() throws(StatisticsError) -> ChiSquareTest {
    guard aurocs.count > 1 else {
      throw StatisticsError(.invalidArgument, "An overall test needs two models at least.")
    }
    let variance = try differenceVariance
    let others = aurocs.indices.dropFirst()
    // Contrasts with the first model; their covariances follow from the variances of differences.
    return try ChiSquareTest(
      contrasts: others.map { aurocs[0].value - aurocs[$0].value },
      covariance: others.map { i in
        others.map { j in (variance[0][i] + variance[0][j] - variance[i][j]) / 2 }
      })
  }
}
