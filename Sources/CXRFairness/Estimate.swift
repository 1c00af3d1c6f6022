// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

/// A number with its interval, or the reason why there is none.
public struct Estimate: Hashable, Sendable {
  /// The value on the sample, or `nil` when it is undefined.
  public let value: Double?
  /// The bootstrap percentile interval, or `nil`.
  public let interval: Interval?
  /// The mean over the resamples, or `nil` without an interval.
  public let bootstrapMean: Double?
  /// Why the value or the interval is missing; `nil` when nothing is, or no interval was asked for.
  public let reason: String?

  /// Summarises a distribution.
  ///
  /// - Parameters:
  ///   - distribution: The statistic on the sample and on resamples, if any.
  ///   - confidence: The nominal coverage.
  ///   - reason: Why the value is missing, should it be.
  init(_ distribution: ResampledDistribution, confidence: Double, reason: String) {
    value = distribution.estimate
    guard value != nil else {
      (interval, bootstrapMean, self.reason) = (nil, nil, reason)
      return
    }
    guard !distribution.values.isEmpty else {
      (interval, bootstrapMean, self.reason) = (nil, nil, nil)
      return
    }
    do {
      let summary = try BootstrapInterval(distribution, confidence: confidence)
      (interval, bootstrapMean, self.reason) = (summary.interval, summary.mean, nil)
    } catch {
      (interval, bootstrapMean, self.reason) = (nil, nil, error.message)
    }
  }

  /// A missing value.
  ///
  /// - Parameter reason: Why it is missing.
  init(undefined reason: String) {
    (value, interval, bootstrapMean, self.reason) = (nil, nil, nil, reason)
  }
}
