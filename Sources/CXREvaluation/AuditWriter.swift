// SPDX-License-Identifier: Apache-2.0
internal import CXRFairness
internal import CXRStatistics

/// Writes groups, gaps and differences in the words of the audit document.
struct AuditWriter {
  /// How the reason of a group that is too small begins.
  static let tooSmall = "not compared"

  /// The position of No Finding among the labels.
  let noFinding: Int?
  /// The smallest number of radiographs with which a group is compared.
  let minimumGroup: Int
  /// Whether intervals were asked for.
  let hasIntervals: Bool

  /// A group that is compared.
  func group(_ group: GroupMetrics, name: String, labelCount: Int) -> AuditDocument.Group {
    let cell = noFinding.map { group.labels[$0] }
    return AuditDocument.Group(
      group: name, n: group.rowCount, patients: group.patientCount, positives: cell?.positives,
      negatives: cell?.negatives,
      underdiagnosisRate: rate(group.underdiagnosisRate, of: cell?.negatives),
      overdiagnosisRate: rate(group.overdiagnosisRate, of: cell?.positives),
      auroc: estimate(group.macroAUROC, labelCount: labelCount),
      auprc: estimate(group.macroAveragePrecision, labelCount: labelCount),
      labels: group.labels.map { label in
        AuditDocument.GroupLabel(
          label: label.label, positives: label.positives, negatives: label.negatives,
          auroc: estimate(label.auroc), tpr: rate(label.truePositiveRate, of: label.positives),
          fpr: rate(label.falsePositiveRate, of: label.negatives),
          auprc: estimate(label.averagePrecision),
          selectionRate: rate(label.selectionRate, of: label.positives + label.negatives))
      },
      reason: nil)
  }

  /// A group that is too small to be compared.
  func omitted(_ name: String, count: Int) -> AuditDocument.Group {
    let reason = "\(Self.tooSmall): fewer than \(minimumGroup) radiographs"
    return AuditDocument.Group(
      group: name, n: count, patients: nil, positives: nil, negatives: nil,
      underdiagnosisRate: .undefined(reason), overdiagnosisRate: .undefined(reason),
      auroc: .undefined(reason), auprc: .undefined(reason), labels: [], reason: reason)
  }

  /// A gap with its chance distribution.
  func gap(_ gap: CXRFairness.Gap) -> AuditDocument.Gap {
    let difference = estimate(gap.difference)
    var written = AuditDocument.Gap(
      metric: gap.metric.key(label: gap.label), value: difference.value,
      lower: difference.lower, upper: difference.upper,
      best: difference.value == nil ? nil : gap.best,
      worst: difference.value == nil ? nil : gap.worst, ratio: gap.ratio.value,
      nullMean: gap.chance?.mean, nullLower: gap.chance?.range.lower,
      nullUpper: gap.chance?.range.upper, p: gap.chance?.p, groupCount: gap.groups.count,
      reason: difference.reason
        ?? (gap.chance == nil ? "no chance distribution: no permutations were asked for" : nil))
    written.ratioLower = gap.ratio.interval?.lower
    written.ratioUpper = gap.ratio.interval?.upper
    written.differenceToOverall = estimate(gap.differenceToOverall)
    written.ratioToOverall = estimate(gap.ratioToOverall)
    return written
  }

  /// How much the first model's gap exceeds the second's.
  func difference(
    _ difference: CXRFairness.GapDifference, attribute: String, first: Double?, second: Double?
  ) -> AuditDocument.GapDifference {
    let value = estimate(difference.difference)
    return AuditDocument.GapDifference(
      attribute: attribute, metric: difference.metric.key(label: difference.label),
      modelA: difference.first, modelB: difference.second, a: first, b: second,
      // The analysis subtracts the first from the second; documents do it the other way round.
      difference: value.value.map { -$0 }, lower: value.upper.map { -$0 },
      upper: value.lower.map { -$0 }, reason: value.reason)
  }

  /// A rate; Wilson's interval stands in where the bootstrap has none.
  private func rate(_ rate: CXRFairness.Estimate, of count: Int?) -> Estimate {
    let estimate = estimate(rate)
    return estimate.lower == nil ? estimate.withWilsonInterval(of: count ?? 0) : estimate
  }

  private func estimate(
    _ estimate: CXRFairness.Estimate, labelCount: Int? = nil
  ) -> Estimate {
    let interval = estimate.interval.flatMap { $0.lower < $0.upper ? $0 : nil }
    let isFlat = estimate.interval != nil && interval == nil
    let missing =
      isFlat
      ? "no interval: every resample gives the same value"
      : hasIntervals ? nil : "no interval: no bootstrap was asked for"
    return Estimate(
      value: estimate.value, lower: interval?.lower, upper: interval?.upper,
      labelCount: labelCount, reason: estimate.reason ?? missing)
  }
}
