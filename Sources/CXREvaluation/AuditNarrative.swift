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
      question: (table.models.count == 1 ? "Does " : "Do ")
        + "\(NumberText.list(table.models.map(\.name))) treat groups by \(names) alike, "
        + "and is what differs more than chance?",
      answer: "On \(NumberText.count(table.rowCount)) radiographs of "
        + "\(NumberText.count(table.patientCount)) patients, \(verdict) "
        + attributes.map(sentence).joined(separator: " ")
        + differences.filter { $0.metric == "underdiagnosisRate" }.compactMap(sentence).joined(),
      warnings: earlier + noFindingWarnings + attributes.flatMap(warnings))
  }

  /// The gaps that the answer speaks of, with their words.
  private static let headlines = [
    ("underdiagnosisRate", "underdiagnosis gap"), ("auroc", "gap in mean AUROC"),
  ]

  /// How many of the headline gaps are larger than chance gives in 95 of 100 cases.
  private var verdict: String {
    let gaps = attributes.flatMap { attribute in
      Self.headlines.compactMap { metric, _ in attribute.gaps.first { $0.metric == metric } }
    }
    let tested = gaps.filter { $0.p != nil }
    guard !tested.isEmpty else { return "no gap was held against chance." }
    let larger = tested.count { ($0.p ?? 1) < 0.05 }
    return "\(larger) of \(tested.count) gaps in underdiagnosis and mean AUROC "
      + (larger == 1 ? "is" : "are") + " larger than chance explains (p < 0.05, not adjusted)."
  }

  private func sentence(_ attribute: AuditDocument.Attribute) -> String {
    let gaps = Self.headlines.compactMap { metric, words in
      attribute.gaps.first { $0.metric == metric }.flatMap { gap in
        gap.value.map { "\(words) \(NumberText.decimal($0))" + chance(gap) }
      }
    }
    let found = gaps.isEmpty ? "no gap that can be computed" : gaps.joined(separator: ", ")
    return "By \(attribute.attribute), \(attribute.model): \(found)."
  }

  private func chance(_ gap: AuditDocument.Gap) -> String {
    guard let mean = gap.nullMean else { return "" }
    return " (chance \(NumberText.decimal(mean)), p \(NumberText.equation(gap.p)))"
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
    let small = attribute.groups.filter { $0.isTooSmall }.map(\.group)
    var warnings: [String] = []
    if !small.isEmpty {
      warnings.append(
        "By \(attribute.attribute), \(NumberText.list(small)) "
          + (small.count == 1 ? "is" : "are")
          + " \(AuditWriter.tooSmall): fewer than \(minimumGroup) radiographs.")
    }
    if let ungrouped = attribute.ungrouped, ungrouped > 0 {
      warnings.append(
        "By \(attribute.attribute), \(ungrouped) radiographs belong to no group: the "
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

extension AuditDocument.Group {
  /// Whether the group was left out for its size.
  fileprivate var isTooSmall: Bool { reason?.hasPrefix(AuditWriter.tooSmall) == true }
}
