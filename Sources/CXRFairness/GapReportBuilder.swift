// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// Turns distributions by group into a report.
struct GapReportBuilder {
  let resamples: GroupResamples
  let bootstrap: [GroupResamples.ModelTables]
  let chance: [GroupTable]
  let confidence: Double

  private var sample: FairnessSample { resamples.sample }
  private var names: [String] { resamples.subgroups.names }
  private var selection: CellSelection { resamples.selection }

  /// Builds the report.
  func report() -> GapReport {
    GapReport(
      attribute: resamples.subgroups.attribute, rule: selection.rule,
      groups: selection.macroGroups.map { names[$0] }, labels: macroLabels,
      ungroupedCount: resamples.subgroups.codes.count { $0 < 0 },
      models: sample.models.indices.map(fairness), differences: differences())
  }

  private var macroLabels: [String] { selection.macroMean.labels.map { sample.labels[$0] } }

  /// The metrics that some model's thresholds allow, in reporting order.
  private func metrics(_ models: [Int]) -> [GapMetric] {
    func hasThreshold(_ label: Int) -> Bool {
      models.allSatisfy { sample.models[$0].thresholds[label] != nil }
    }
    let noFinding: [GapMetric] =
      sample.noFinding.map(hasThreshold) == true ? [.underdiagnosisRate, .overdiagnosisRate] : []
    return [.macroAUROC] + noFinding
      + sample.labels.indices.flatMap { label -> [GapMetric] in
        guard hasThreshold(label) else { return [.auroc(label: label)] }
        return [
          .auroc(label: label), .truePositiveRate(label: label),
          .falsePositiveRate(label: label), .equalizedOdds(label: label),
          .selectionRate(label: label),
        ]
      }
  }

  private func fairness(_ model: Int) -> ModelFairness {
    ModelFairness(
      model: sample.models[model].name, overall: groupMetrics(model, group: names.count),
      groups: names.indices.map { groupMetrics(model, group: $0) },
      gaps: metrics([model]).map { gap($0, model: model) })
  }

  private func gap(_ metric: GapMetric, model: Int) -> Gap {
    let tables = bootstrap[model]
    let table = tables.table
    let distribution = table.gap(metric)
    let members = extremes(metric, table: table)
    let reason = undefinedGapReason(metric)
    return Gap(
      metric: metric, label: metric.label.map { sample.labels[$0] },
      difference: Estimate(distribution, confidence: confidence, reason: reason),
      ratio: Estimate(table.ratio(metric), confidence: confidence, reason: reason),
      differenceToOverall: Estimate(
        table.differenceToOverall(
          metric, overall: tables.overall.distribution(metric, group: 0)),
        confidence: confidence, reason: reason),
      ratioToOverall: Estimate(
        table.ratioToOverall(
          metric, overall: tables.overall.distribution(metric, group: 0)),
        confidence: confidence, reason: reason),
      best: distribution.estimate == nil ? nil : members?.best,
      worst: distribution.estimate == nil ? nil : members?.worst,
      groups: selection.groups(for: metric, noFinding: sample.noFinding).map { names[$0] },
      labels: metric == .macroAUROC ? macroLabels : [],
      chance: chance.isEmpty
        ? nil
        : distribution.estimate.flatMap {
          ChanceGap(chance[model].gap(metric).values, observed: $0)
        })
  }

  /// The names of the best and the worst group; the first of them in reporting order on a tie.
  private func extremes(
    _ metric: GapMetric, table: GroupTable
  ) -> (best: String, worst: String)? {
    if case .equalizedOdds(let label) = metric {
      let larger = [
        GapMetric.truePositiveRate(label: label), .falsePositiveRate(label: label),
      ].max { (table.gap($0).estimate ?? 0) < (table.gap($1).estimate ?? 0) }
      return larger.flatMap { extremes($0, table: table) }
    }
    let values = table.members(metric).compactMap { member in
      member.distribution.estimate.map { (value: $0, name: names[member.group]) }
    }
    guard let high = values.map(\.value).max(), let low = values.map(\.value).min(),
      let highest = values.first(where: { $0.value == high })?.name,
      let lowest = values.first(where: { $0.value == low })?.name
    else { return nil }
    return metric.isHigherBetter ? (highest, lowest) : (lowest, highest)
  }

  private func undefinedGapReason(_ metric: GapMetric) -> String {
    let count = selection.groups(for: metric, noFinding: sample.noFinding).count
    if count < 2 {
      return "Too few groups have enough radiographs: \(count), and a gap needs 2."
    }
    if metric == .macroAUROC, macroLabels.isEmpty {
      return "No label has enough positives and negatives in every group."
    }
    return "The metric is undefined in one of the groups."
  }

  private func differences() -> [GapDifference] {
    sample.models.indices.flatMap { second in
      (0..<second).flatMap { first in
        metrics([first, second]).map { difference($0, first: first, second: second) }
      }
    }
  }

  private func difference(_ metric: GapMetric, first: Int, second: Int) -> GapDifference {
    let gaps = [first, second].map { bootstrap[$0].table.gap(metric) }
    let isDefined = gaps.allSatisfy { $0.estimate != nil }
    return GapDifference(
      metric: metric, label: metric.label.map { sample.labels[$0] },
      first: sample.models[first].name, second: sample.models[second].name,
      difference: isDefined
        ? Estimate(gaps[1] - gaps[0], confidence: confidence, reason: "")
        : Estimate(undefined: undefinedGapReason(metric)))
  }
}
