// SPDX-License-Identifier: Apache-2.0
internal import CXRFairness
internal import CXRStatistics

/// Writes groups, gaps and differences in the words of the audit document.
struct AuditWriter {
  /// The position of No Finding among the labels.
  let noFinding: Int?
  /// Whether intervals were asked for.
  let hasIntervals: Bool

  /// A group that is compared.
  func group(_ group: GroupMetrics, name: String, labelCount: Int) -> AuditDocument.Group {
    let cell = noFinding.map { group.labels[$0] }
    return AuditDocument.Group(
      group: name, n: group.rowCount, patients: group.patientCount, positives: cell?.positives,
      negatives: cell?.negatives, underdiagnosisRate: estimate(group.underdiagnosisRate),
      overdiagnosisRate: estimate(group.overdiagnosisRate),
      auroc: estimate(group.macroAUROC, labelCount: labelCount),
      auprc: estimate(group.macroAveragePrecision, labelCount: labelCount),
      labels: group.labels.map { label in
        AuditDocument.GroupLabel(
          label: label.label, positives: label.positives, negatives: label.negatives,
          auroc: estimate(label.auroc), tpr: estimate(label.truePositiveRate),
          fpr: estimate(label.falsePositiveRate))
      },
      reason: nil)
  }

  /// A group that is too small to be compared.
  func omitted(_ name: String, count: Int, reason: String) -> AuditDocument.Group {
    AuditDocument.Group(
      group: name, n: count, patients: nil, positives: nil, negatives: nil,
      underdiagnosisRate: .undefined(reason), overdiagnosisRate: .undefined(reason),
      auroc: .undefined(reason), auprc: .undefined(reason), labels: [], reason: reason)
  }

  /// A gap with its chance distribution.
  func gap(_ gap: CXRFairness.Gap) -> AuditDocument.Gap {
    let difference = estimate(gap.difference)
    return AuditDocument.Gap(
      metric: name(of: gap.metric, label: gap.label), value: difference.value,
      lower: difference.lower, upper: difference.upper,
      best: difference.value == nil ? nil : gap.best,
      worst: difference.value == nil ? nil : gap.worst, ratio: gap.ratio.value,
      nullMean: gap.chance?.mean, nullLower: gap.chance?.range.lower,
      nullUpper: gap.chance?.range.upper, p: gap.chance?.p, groupCount: gap.groups.count,
      reason: difference.reason
        ?? (gap.chance == nil ? "no chance distribution: no permutations were asked for" : nil))
  }

  /// How much the first model's gap exceeds the second's.
  func difference(
    _ difference: CXRFairness.GapDifference, attribute: String, first: Double?, second: Double?
  ) -> AuditDocument.GapDifference {
    let value = estimate(difference.difference)
    return AuditDocument.GapDifference(
      attribute: attribute, metric: name(of: difference.metric, label: difference.label),
      modelA: difference.first, modelB: difference.second, a: first, b: second,
      // The analysis subtracts the first from the second; documents do it the other way round.
      difference: value.value.map { -$0 }, lower: value.upper.map { -$0 },
      upper: value.lower.map { -$0 }, reason: value.reason)
  }

  private func estimate(
    _ estimate: CXRFairness.Estimate, labelCount: Int? = nil
  ) -> Estimate {
    Estimate(
      value: estimate.value, lower: estimate.interval?.lower, upper: estimate.interval?.upper,
      labelCount: labelCount,
      reason: estimate.reason
        ?? (hasIntervals ? nil : "no interval: no bootstrap was asked for"))
  }

  private func name(of metric: GapMetric, label: String?) -> String {
    switch metric {
    case .macroAUROC: "auroc"
    case .underdiagnosisRate: "underdiagnosisRate"
    case .overdiagnosisRate: "overdiagnosisRate"
    case .auroc: "auroc:" + (label ?? "")
    case .truePositiveRate: "tpr:" + (label ?? "")
    case .falsePositiveRate: "fpr:" + (label ?? "")
    case .equalizedOdds: "equalizedOdds:" + (label ?? "")
    case .selectionRate: "demographicParity:" + (label ?? "")
    }
  }
}
