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
      return Estimate(value: distribution.estimate, reason: error.message)
    }
  }

  /// The estimate of any other statistic; BCa falls back to percentiles there.
  func estimate(
    _ distribution: ResampledDistribution, undefinedBecause reason: String, labelCount: Int? = nil
  ) -> Estimate {
    var estimate = interval(
      of: distribution, method: options.intervalMethod == .basic ? .basic : .percentile, reason)
    estimate.labelCount = labelCount
    return estimate
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
      return Estimate(value: value, lower: interval.lower, upper: interval.upper)
    } catch {
      return Estimate(value: value, reason: "no interval: " + error.message)
    }
  }
}
