// SPDX-License-Identifier: Apache-2.0

/// An interval from the resamples of a statistic.
///
///     let interval = try BootstrapInterval(resampled.auroc[0])
///     interval.interval.lower
///
/// - SeeAlso: Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), chapters 13 and 14.
public struct BootstrapInterval: Sendable {
  /// How an interval follows from a distribution.
  public enum Method: Hashable, Sendable {
    /// Quantiles of the distribution.
    case percentile
    /// Quantiles mirrored at the estimate.
    case basic
    /// Quantiles corrected for bias and skewness; the acceleration comes from ``LeaveOneOut``.
    case bca(acceleration: Double)
  }

  /// The share of undefined resamples above which an interval is refused.
  public static let undefinedLimit = 0.05

  /// The interval.
  public let interval: Interval
  /// The method.
  public let method: Method
  /// The nominal coverage.
  public let confidence: Double
  /// The mean over the resamples.
  public let mean: Double
  /// The median over the resamples.
  public let median: Double
  /// The standard deviation over the resamples: the bootstrap standard error.
  public let standardError: Double
  /// The number of resamples on which the statistic is defined.
  public let definedCount: Int
  /// The number of resamples on which the statistic is undefined.
  public let undefinedCount: Int
  /// The probabilities of the quantiles taken, lower first.
  public let tailProbabilities: [Double]
  /// The median bias in normal units, for BCa.
  public let biasCorrection: Double?

  /// Computes an interval.
  ///
  /// - Parameters:
  ///   - distribution: The statistic on the sample and on resamples.
  ///   - method: How the interval follows from the distribution.
  ///   - confidence: The nominal coverage, between 0 and 1.
  /// - Throws: ``StatisticsError`` with code `.empty` if the statistic is undefined on the sample
  ///   or there are no resamples, `.tooManyUndefined` if more than 5 % of the resamples are
  ///   undefined, `.notConverged` if all resamples lie on one side of a BCa estimate.
  /// - Complexity: O(*m* log *m*) for *m* resamples.
  public init(
    _ distribution: ResampledDistribution, method: Method = .percentile, confidence: Double = 0.95
  ) throws(StatisticsError) {
    guard let estimate = distribution.estimate else {
      throw StatisticsError(.empty, "The statistic is undefined on the sample itself.")
    }
    let values = distribution.definedValues
    let total = distribution.values.count
    guard total > 0 else { throw StatisticsError(.empty, "There are no resamples.") }
    guard Double(total - values.count) <= Self.undefinedLimit * Double(total) else {
      throw StatisticsError(
        .tooManyUndefined,
        "The statistic is undefined on \(total - values.count) of \(total) resamples, more than "
          + "5 %; the sample is too small for it, or resampling needs strata.")
    }
    let tail = (1 - SpecialFunctions.checked(confidence)) / 2
    var probabilities = [tail, 1 - tail]
    var bias: Double?
    if case .bca(let acceleration) = method {
      let correction = try Self.biasCorrection(of: values, at: estimate)
      probabilities = probabilities.map {
        Self.corrected($0, bias: correction, acceleration: acceleration)
      }
      bias = correction
    }
    let quantiles = Quantile.linear(values, at: probabilities + [0.5])
    self.interval =
      method == .basic
      ? Interval(lower: 2 * estimate - quantiles[1], upper: 2 * estimate - quantiles[0])
      : Interval(lower: quantiles[0], upper: quantiles[1])
    self.method = method
    self.confidence = confidence
    let moments = SampleMoments(values)
    self.mean = moments.mean
    self.standardError = moments.standardDeviation
    self.median = quantiles[2]
    self.definedCount = values.count
    self.undefinedCount = total - values.count
    self.tailProbabilities = probabilities
    self.biasCorrection = bias
  }

  /// The normal quantile of the estimate's mid-rank among the resamples.
  private static func biasCorrection(
    of values: [Double], at estimate: Double
  ) throws(StatisticsError) -> Double {
    let below = values.count { $0 < estimate }
    let upTo = values.count { $0 <= estimate }
    guard upTo > 0, below < values.count else {
      throw StatisticsError(
        .notConverged, "All resamples lie on one side of the estimate; BCa has no interval.")
    }
    return SpecialFunctions.normalQuantile(Double(below + upTo) / Double(2 * values.count))
  }

  private static func corrected(
    _ probability: Double, bias: Double, acceleration: Double
  ) -> Double {
    let shifted = bias + SpecialFunctions.normalQuantile(probability)
    return SpecialFunctions.normalCDF(bias + shifted / (1 - acceleration * shifted))
  }
}
