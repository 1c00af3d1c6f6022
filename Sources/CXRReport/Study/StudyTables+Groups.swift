// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension StudyTables {
  /// AUROC and underdiagnosis of groups, a table for each test set and attribute.
  var groups: [StudyTable] {
    let names = FileName.unique(results.audited.map { "\($0.set.set.label) \($0.attribute)" })
    return zip(results.audited, names).map { entry, name in
      groupTable(entry.set, attribute: entry.attribute, name: name)
    }
  }

  private func groupTable(
    _ set: StudyResults.TestSet, attribute: String, name: String
  ) -> StudyTable {
    let audits = results.arms.map { set.attribute(attribute, of: $0) }
    let groups = audits.compactMap(\.self).first?.groups ?? []
    let labels = audits.compactMap(\.self).first?.labels ?? []
    func cells(_ group: String, _ value: KeyPath<AuditDocument.Group, Estimate>) -> [Cell] {
      zip(results.arms, audits).map { arm, audit in
        guard let found = audit?.groups.first(where: { $0.group == group }) else {
          return Cell("n/a", reason: "no predictions")
        }
        return .estimate(found[keyPath: value], within: found.reason)
          .linked(to: origins.link(arm, on: set))
      }
    }
    let measures: [(name: String, value: KeyPath<AuditDocument.Group, Estimate>)] = [
      ("AUROC", \.auroc), ("underdiagnosis", \.underdiagnosisRate),
    ]
    return StudyTable(
      .groupAUROC, name: "groups-\(name)",
      DisplayTable(
        title:
          "\(set.set.label), \(Self.words(attribute: attribute)): AUROC and underdiagnosis rate "
          + "of groups",
        columns: [.words("Measure"), .words("Group"), .numbers("Images")]
          + results.arms.map { .numbers($0.label) },
        rows: measures.flatMap { measure in
          groups.map { group in
            [
              Cell(measure.name), Cell(Self.words(group: group.group)),
              .count(group.n, reason: group.reason),
            ]
              + cells(group.group, measure.value)
          }
        },
        notes: [
          "AUROC: the mean over the labels with enough cases in every group: "
            + "\(labels.isEmpty ? "none" : labels.joined(separator: ", ")). Underdiagnosis: the "
            + "share of radiographs with a finding that are called free of findings."
        ]),
      header: [
        "test set", "attribute", "group", "arm", "radiographs", "positives", "negatives", "labels",
        "auroc", "auroc lower", "auroc upper", "underdiagnosis", "underdiagnosis lower",
        "underdiagnosis upper", "origin", "reason",
      ],
      rows: groups.flatMap { group in
        zip(results.arms, audits).compactMap { arm, audit -> [String]? in
          guard let found = audit?.groups.first(where: { $0.group == group.group }) else {
            return nil
          }
          return [
            set.set.label, attribute, group.group, arm.name, CSVField.count(found.n),
            CSVField.count(found.positives), CSVField.count(found.negatives),
            labels.joined(separator: "|"),
          ] + CSVField.estimate(found.auroc) + CSVField.estimate(found.underdiagnosisRate)
            + [
              origins.name(arm.model, on: set),
              CSVField.reasons(
                found.reason, found.auroc.reason, found.underdiagnosisRate.reason),
            ]
        }
      })
  }

  /// An attribute as people read it: `sex × age` for `sex*age`.
  static func words(attribute: String) -> String { attribute.replacing("*", with: " × ") }

  /// A group as people read it: `F, 18-40` for `F|18-40`.
  static func words(group: String) -> String { group.replacing("|", with: ", ") }

  /// Fairness and underdiagnosis gaps beside chance and the published ones.
  var gaps: [StudyTable] {
    [
      gapTable(
        .fairnessGap, metric: "auroc", title: "Fairness gap: best minus worst group's mean AUROC",
        published: (.fairnessGap, "auroc_gap")),
      gapTable(
        .underdiagnosisGap, metric: "underdiagnosisRate",
        title: "Underdiagnosis gap: largest minus smallest rate",
        published: (.underdiagnosisGap, "fpr_no_finding_gap")),
    ].compactMap(\.self)
  }

  private func gapTable(
    _ part: StudyPart, metric: String, title: String,
    published words: (table: PublishedResults.Table, metric: String)
  ) -> StudyTable? {
    let entries = results.audited.flatMap { audited in
      results.arms.compactMap { arm in
        audited.set.gap(metric, of: audited.attribute, arm).map { gap in
          (
            set: audited.set, attribute: audited.attribute, arm: arm, gap: gap,
            paper: published?.value(
              words.table, of: arm, on: audited.set.set, metric: words.metric,
              attribute: audited.attribute),
            change: audited.set.audit?.difference(
              of: arm.model, from: results.base.model, audited.attribute, metric)
          )
        }
      }
    }
    guard !entries.isEmpty else { return nil }
    let hasPaper = entries.contains { $0.paper != nil }
    let display = DisplayTable(
      title: title,
      columns: [
        .words("Test set"), .words("Attribute"), .words("Strategy"), .numbers("Gap"),
        .numbers("By chance"), .numbers("p"),
        .numbers("Difference from \(results.base.label)", short: "Difference"),
      ] + (hasPaper ? [.numbers("Published"), .numbers("Gap \u{2212} published")] : [])
        + [.words("Best"), .words("Worst"), .numbers("Groups")],
      rows: entries.map { entry in
        let gap = entry.gap
        let reason = gap.value == nil ? gap.reason : nil
        return [
          Cell(entry.set.set.label), Cell(Self.words(attribute: entry.attribute)),
          Cell(entry.arm.label),
          Cell.estimate(gap.value, gap.lower, gap.upper, reason: gap.reason)
            .linked(to: origins.link(entry.arm, on: entry.set)),
          .estimate(gap.nullMean, gap.nullLower, gap.nullUpper, reason: reason),
          .probability(gap.p, reason: reason),
          entry.arm.name == results.base.name
            ? Cell("–")
            : .difference(
              entry.change?.value, entry.change?.lower, entry.change?.upper,
              reason: entry.change == nil ? reason : entry.change?.reason),
        ]
          + (hasPaper
            ? [Self.publishedCell(entry.paper), Self.difference(gap.value, entry.paper)] : [])
          + [
            Cell(Self.words(group: gap.best ?? "")), Cell(Self.words(group: gap.worst ?? "")),
            .count(gap.groupCount, reason: nil),
          ]
      },
      notes: [
        "By chance: the mean gap and its 95 % range when groups are shuffled among patients; p: the "
          + "share of shuffles with a gap at least as large. A gap is never negative: read it beside "
          + "chance. Differences are paired, from the same resamples."
      ])
    return StudyTable(
      part, display,
      header: [
        "test set", "attribute", "arm", "metric", "gap", "lower", "upper", "chance mean",
        "chance lower", "chance upper", "p", "difference", "difference lower", "difference upper",
        "published", "difference from published", "best", "worst", "groups", "origin", "reason",
      ],
      rows: entries.map { entry in
        let gap = entry.gap
        return [entry.set.set.label, entry.attribute, entry.arm.name, metric]
          + [
            gap.value, gap.lower, gap.upper, gap.nullMean, gap.nullLower, gap.nullUpper, gap.p,
            entry.change?.value, entry.change?.lower, entry.change?.upper, entry.paper,
            gap.value.flatMap { value in entry.paper.map { value - $0 } },
          ].map(CSVField.number)
          + [
            gap.best ?? "", gap.worst ?? "", CSVField.count(gap.groupCount),
            origins.name(entry.arm.model, on: entry.set), CSVField.reasons(gap.reason),
          ]
      })
  }
}

extension AuditDocument {
  /// How much a model's gap exceeds the base's, whichever of the two was subtracted.
  fileprivate func difference(
    of model: String, from base: String, _ attribute: String, _ metric: String
  ) -> Estimate? {
    for entry in gapDifferences where entry.attribute == attribute && entry.metric == metric {
      if entry.modelA == model, entry.modelB == base {
        return Estimate(
          value: entry.difference, lower: entry.lower, upper: entry.upper, reason: entry.reason)
      }
      if entry.modelA == base, entry.modelB == model {
        return Estimate(
          value: entry.difference.map(-), lower: entry.upper.map(-), upper: entry.lower.map(-),
          reason: entry.reason)
      }
    }
    return nil
  }
}
