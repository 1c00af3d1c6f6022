// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

/// Turns resampled statistics into estimates with intervals or reasons.
struct IntervalEstimator: Sendable {
  let options: EvaluationOptions
  let patients: [Int]

  /// The estimate of a rank statistic of one model on one label.
  func estimate(
    _ distribution: ResampledDistribution, of statistic: RankStatistic, ranked: RankedScores,
    undefinedBecause reason: String
  ) -> Estimate {
    guard options.intervalMethod == .bca, options.resampleCount > 0 else {
      return estimate(distribution, undefinedBecause: reason)
    }
    do throws(StatisticsError) {
      let acceleration = try LeaveOneOut(statistic, of: ranked)
        .acceleration(patients: options.unit == .patient ? patients : nil)
      return interval(of: distribution, method: .bca(acceleration: acceleration), reason)
    } catch {
      return Estimate(value: distribution.estimate, reason: "no BCa interval: " + error.message)
    }
  }

  /// The estimate of any other statistic; a percentile interval stands in for BCa there, and says
  /// so.
  func estimate(
    _ distribution: ResampledDistribution, undefinedBecause reason: String, labelCount: Int? = nil
  ) -> Estimate {
    var estimate = interval(
      of: distribution, method: options.intervalMethod == .basic ? .basic : .percentile, reason)
    if options.intervalMethod == .bca, estimate.lower != nil {
      estimate.reason = "percentile interval: BCa is for the AUROC and AUPRC of one label"
    }
    estimate.labelCount = labelCount
    return estimate
  }

  /// The estimate of a rate; Wilson's interval stands in where resamples do not vary or there are
  /// none, and says so.
  func rate(
    _ distribution: ResampledDistribution, of count: Int, undefinedBecause reason: String
  ) -> Estimate {
    let estimate = estimate(distribution, undefinedBecause: reason)
    return estimate.lower == nil ? estimate.withWilsonInterval(of: count) : estimate
  }

  private func interval(
    of distribution: ResampledDistribution, method: BootstrapInterval.Method, _ reason: String
  ) -> Estimate {
    guard let value = distribution.estimate else { return .undefined(reason) }
    guard options.resampleCount > 0 else {
      return Estimate(value: value, reason: "no interval: no bootstrap was asked for")
    }
    do throws(StatisticsError) {
      let interval = try BootstrapInterval(distribution, method: method).interval
      guard interval.lower < interval.upper else {
        return Estimate(value: value, reason: "no interval: every resample gives the same value")
      }
      return Estimate(value: value, lower: interval.lower, upper: interval.upper)
    } catch {
      return Estimate(value: value, reason: "no interval: " + error.message)
    }
  }
}
