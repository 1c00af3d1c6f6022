// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Says in words what an audit was asked and what it found.
struct AuditNarrative {
  private let attributes: [AuditDocument.Attribute]
  private let differences: [AuditDocument.GapDifference]
  private let table: PredictionTable
  private let minimumGroup: Int
  private let hasNoFinding: Bool
  private let earlier: [String]

  init(
    _ attributes: [AuditDocument.Attribute], differences: [AuditDocument.GapDifference],
    table: PredictionTable, minimumGroup: Int, hasNoFinding: Bool, warnings: [String]
  ) {
    self.attributes = attributes
    self.differences = differences
    self.table = table
    self.minimumGroup = minimumGroup
    self.hasNoFinding = hasNoFinding
    self.earlier = warnings
  }

  var summary: Summary {
    let names = NumberText.list(attributes.map(\.attribute).distinct)
    return Summary(
      question: "Do \(NumberText.list(table.models.map(\.name))) treat groups by \(names) alike, "
        + "and is what differs more than chance?",
      answer: "On \(NumberText.count(table.rowCount)) radiographs of "
        + "\(NumberText.count(table.patientCount)) patients: "
        + attributes.map(sentence).joined(separator: "; ") + "."
        + differences.filter { $0.metric == "underdiagnosisRate" }.compactMap(sentence).joined(),
      warnings: earlier + noFindingWarnings + attributes.flatMap(warnings))
  }

  private func sentence(_ attribute: AuditDocument.Attribute) -> String {
    let subject = "by \(attribute.attribute), \(attribute.model) has "
    let gaps = [("underdiagnosisRate", "an underdiagnosis gap"), ("auroc", "an AUROC gap")]
      .compactMap { metric, words in
        attribute.gaps.first { $0.metric == metric }.flatMap { gap in
          gap.value.map { _ in "\(words) of \(text(gap))" }
        }
      }
    return gaps.isEmpty
      ? subject + "no gap that can be computed" : subject + gaps.joined(separator: " and ")
  }

  private func text(_ gap: AuditDocument.Gap) -> String {
    let estimate = Estimate(value: gap.value, lower: gap.lower, upper: gap.upper)
    var text = NumberText.estimate(estimate)
    if let best = gap.best, let worst = gap.worst { text += " (worst \(worst), best \(best)" }
    if let mean = gap.nullMean {
      text += "; chance alone gives \(NumberText.decimals(mean)), p \(NumberText.pValue(gap.p))"
    }
    return text + (gap.best == nil || gap.worst == nil ? "" : ")")
  }

  private func sentence(_ difference: AuditDocument.GapDifference) -> String? {
    guard difference.difference != nil else { return nil }
    let estimate = Estimate(
      value: difference.difference, lower: difference.lower, upper: difference.upper)
    return " By \(difference.attribute), the underdiagnosis gap of \(difference.modelA) minus that "
      + "of \(difference.modelB) is \(NumberText.estimate(estimate))."
  }

  private var noFindingWarnings: [String] {
    guard hasNoFinding else {
      return ["No Finding is not scored by every model, so underdiagnosis cannot be measured."]
    }
    return table.models.compactMap { model in
      let hasThreshold = model.thresholds.keys.contains { Finding(name: $0) == .noFinding }
      return hasThreshold
        ? nil
        : "\(model.name) has no threshold for No Finding, so its underdiagnosis cannot be "
          + "measured; use `cxr thresholds import` or `cxr thresholds select`."
    }
  }

  private func warnings(_ attribute: AuditDocument.Attribute) -> [String] {
    guard attribute.model == table.models.first?.name else { return [] }
    let small = attribute.groups.filter { $0.labels.isEmpty }.map(\.group)
    var warnings: [String] = []
    if !small.isEmpty {
      warnings.append(
        "By \(attribute.attribute), \(NumberText.list(small)) "
          + (small.count == 1 ? "is" : "are")
          + " not compared: fewer than \(minimumGroup) radiographs.")
    }
    if attribute.ungrouped > 0 {
      warnings.append(
        "By \(attribute.attribute), \(attribute.ungrouped) radiographs belong to no group: the "
          + "attribute is not recorded or lies outside the bins.")
    }
    if attribute.labels.isEmpty {
      warnings.append(
        "By \(attribute.attribute), no label has enough positives and negatives in every group, "
          + "so there is no mean AUROC to compare.")
    } else if attribute.labels.count < table.labels.count {
      warnings.append(
        "By \(attribute.attribute), the groups' mean AUROC is over \(attribute.labels.count) of "
          + "\(table.labels.count) labels: \(NumberText.list(attribute.labels)).")
    }
    return warnings
  }
}

extension Array where Element: Hashable {
  /// The elements without repeats, in the order of their first appearance.
  fileprivate var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
