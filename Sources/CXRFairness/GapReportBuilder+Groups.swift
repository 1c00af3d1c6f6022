// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

extension GapReportBuilder {
  /// One model's statistics in one group; the group after the last is all grouped rows.
  func groupMetrics(_ model: Int, group: Int) -> GroupMetrics {
    let names = resamples.subgroups.names
    let isOverall = group == names.count
    let tables = bootstrap[model]
    let (table, row) = isOverall ? (tables.overall, 0) : (tables.table, group)
    let patients = zip(resamples.subgroups.codes, resamples.sample.patients)
      .filter { isOverall ? $0.0 >= 0 : $0.0 == group }.map(\.1)
    let mean = resamples.selection.macroMean
    let reason = macroReason(group: group, isOverall: isOverall)
    func macro(_ labels: [ResampledDistribution]) -> Estimate {
      reason.map { Estimate(undefined: $0) }
        ?? Estimate(
          mean.distribution(of: labels), confidence: confidence,
          reason: "One of the labels is undefined.")
    }
    return GroupMetrics(
      group: isOverall ? nil : names[group], rowCount: patients.count,
      patientCount: Set(patients).count,
      labels: resamples.sample.labels.indices.map { label in
        labelMetrics(model, group: group, label: label)
      },
      macroAUROC: macro(table.auroc[row]),
      macroAveragePrecision: macro(tables.averagePrecision[group]),
      underdiagnosisRate: noFindingRate(model, group: group, "finding") {
        $0.distribution(.underdiagnosisRate, group: row)
      },
      overdiagnosisRate: noFindingRate(model, group: group, "No Finding") {
        $0.distribution(.overdiagnosisRate, group: row)
      })
  }

  /// Why a group has no macro mean.
  private func macroReason(group: Int, isOverall: Bool) -> String? {
    if resamples.selection.macroMean.labels.isEmpty {
      return "No label has enough positives and negatives in every group."
    }
    return isOverall || resamples.selection.macroGroups.contains(group)
      ? nil : "No label has enough positives and negatives in this group."
  }

  private func noFindingRate(
    _ model: Int, group: Int, _ needed: String,
    _ distribution: (GroupTable) -> ResampledDistribution?
  ) -> Estimate {
    guard resamples.sample.noFinding != nil else {
      return Estimate(undefined: "No Finding is not among the labels.")
    }
    let tables = bootstrap[model]
    let isOverall = group == resamples.subgroups.names.count
    guard let rate = distribution(isOverall ? tables.overall : tables.table) else {
      return Estimate(undefined: "No Finding has no threshold.")
    }
    return Estimate(rate, confidence: confidence, reason: "No radiograph shows \(needed).")
  }

  private func labelMetrics(_ model: Int, group: Int, label: Int) -> LabelMetrics {
    let isOverall = group == resamples.subgroups.names.count
    let tables = bootstrap[model]
    let (table, row) = isOverall ? (tables.overall, 0) : (tables.table, group)
    let counts = resamples.counts(model: model, group: group, label: label)
    let noPositives = "There is no positive radiograph."
    let noNegatives = "There is no negative radiograph."
    let rates = table.rates[row][label]
    func rate(_ distribution: ResampledDistribution?, _ reason: String) -> Estimate {
      distribution.map { Estimate($0, confidence: confidence, reason: reason) }
        ?? Estimate(undefined: "The label has no threshold.")
    }
    return LabelMetrics(
      label: resamples.sample.labels[label], positives: counts.positives,
      negatives: counts.negatives,
      isLargeEnough: isOverall || resamples.selection.isLargeEnough(group, label),
      auroc: Estimate(
        table.auroc[row][label], confidence: confidence,
        reason: counts.positives == 0 ? noPositives : noNegatives),
      averagePrecision: Estimate(
        tables.averagePrecision[group][label], confidence: confidence, reason: noPositives),
      truePositiveRate: rate(rates?.truePositiveRate, noPositives),
      falsePositiveRate: rate(rates?.falsePositiveRate, noNegatives),
      selectionRate: rate(rates?.selectionRate, "There is no radiograph."))
  }
}
