// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// One model's distributions by group and label: bootstrap or permutation, the same arithmetic.
struct GroupTable: Sendable {
  /// AUROC, shape `[groups][labels]`.
  let auroc: [[ResampledDistribution]]
  /// Rates at the threshold, `nil` for a label without one, shape `[groups][labels]`.
  let rates: [[ThresholdRates?]]
  /// What enters gaps.
  let selection: CellSelection
  /// The position of No Finding among the labels.
  let noFinding: Int?

  /// The statistic of a metric in one group.
  ///
  /// - Parameters:
  ///   - metric: The metric; equalized odds has no value in a single group.
  ///   - group: The group.
  /// - Returns: The distribution, or `nil` without the threshold that the metric needs.
  func distribution(_ metric: GapMetric, group: Int) -> ResampledDistribution? {
    let rates = rates[group]
    switch metric {
    case .macroAUROC: return selection.macroMean.distribution(of: auroc[group])
    case .auroc(let label): return auroc[group][label]
    case .underdiagnosisRate: return noFinding.flatMap { rates[$0]?.falsePositiveRate }
    case .overdiagnosisRate: return noFinding.flatMap { rates[$0]?.falseNegativeRate }
    case .truePositiveRate(let label): return rates[label]?.truePositiveRate
    case .falsePositiveRate(let label): return rates[label]?.falsePositiveRate
    case .selectionRate(let label): return rates[label]?.selectionRate
    case .equalizedOdds: return nil
    }
  }

  /// The distributions of the groups that enter a metric's gap.
  func members(_ metric: GapMetric) -> [(group: Int, distribution: ResampledDistribution)] {
    selection.groups(for: metric, noFinding: noFinding).compactMap { group in
      distribution(metric, group: group).map { (group, $0) }
    }
  }

  /// The difference between the highest and the lowest group.
  ///
  /// - Parameter metric: The metric.
  /// - Returns: The distribution of the gap; undefined where fewer than two groups are.
  func gap(_ metric: GapMetric) -> ResampledDistribution {
    if case .equalizedOdds(let label) = metric {
      return .combining([
        gap(.truePositiveRate(label: label)), gap(.falsePositiveRate(label: label)),
      ]) { gaps in gaps.contains(where: \.isNaN) ? .nan : max(gaps[0], gaps[1]) }
    }
    return spread(metric) { $0.upperBound - $0.lowerBound }
  }

  /// The lowest group's value as a share of the highest group's.
  func ratio(_ metric: GapMetric) -> ResampledDistribution {
    spread(metric) { $0.upperBound == 0 ? .nan : $0.lowerBound / $0.upperBound }
  }

  /// The largest distance of a group from all images together.
  func differenceToOverall(
    _ metric: GapMetric, overall: ResampledDistribution?
  ) -> ResampledDistribution {
    comparison(metric, with: overall) { groups, overall in
      groups.map { abs($0 - overall) }.max() ?? .nan
    }
  }

  /// The smallest ratio between a group and all images together, the larger value below the line.
  func ratioToOverall(
    _ metric: GapMetric, overall: ResampledDistribution?
  ) -> ResampledDistribution {
    comparison(metric, with: overall) { groups, overall in
      groups.map { max($0, overall) == 0 ? .nan : min($0, overall) / max($0, overall) }.min()
        ?? .nan
    }
  }

  private func comparison(
    _ metric: GapMetric, with overall: ResampledDistribution?,
    _ compare: ([Double], Double) -> Double
  ) -> ResampledDistribution {
    guard let overall else { return undefined }
    return .combining([overall] + members(metric).map(\.distribution)) { values in
      guard let groups = usable(Array(values.dropFirst())), !values[0].isNaN else { return .nan }
      return compare(groups, values[0])
    }
  }

  /// A statistic that is undefined on the sample and on every resample.
  private var undefined: ResampledDistribution {
    let count = auroc.first?.first?.values.count ?? 0
    return ResampledDistribution(estimate: nil, values: Array(repeating: .nan, count: count))
  }

  private func spread(
    _ metric: GapMetric, _ measure: (ClosedRange<Double>) -> Double
  ) -> ResampledDistribution {
    let members = members(metric).map(\.distribution)
    guard !members.isEmpty else { return undefined }
    return .combining(members) { values in
      guard let groups = usable(values), let low = groups.min(), let high = groups.max() else {
        return .nan
      }
      return measure(low...high)
    }
  }

  /// The values to compare: at least two, all defined unless the rule skips undefined ones.
  private func usable(_ values: [Double]) -> [Double]? {
    let defined = values.filter { !$0.isNaN }
    let isComplete = selection.rule == .definedLabels || defined.count == values.count
    return isComplete && defined.count > 1 ? defined : nil
  }
}
