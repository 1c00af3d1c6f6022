// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension AuditDocument {
  /// The tables: groups and gaps of each attribute and model, then the differences of gaps.
  var tables: [DisplayTable] {
    attributes.flatMap { attribute in
      [attribute.groupTable, attribute.gapTable] + attribute.detailTables
    } + differenceTables
  }

  private var differenceTables: [DisplayTable] {
    gapDifferences.map(\.pair).distinct.flatMap { pair in
      let rows = gapDifferences.filter { $0.pair == pair }
      return [
        Self.differenceTable(
          rows.filter { !MetricName(key: $0.metric).isPerLabel }, of: pair, title: "gaps"),
        Self.differenceTable(
          rows.filter { MetricName(key: $0.metric).isPerLabel }, of: pair,
          title: "gaps label by label", detail: .nothing),
      ]
    }.filter { !$0.rows.isEmpty }
  }

  private static func differenceTable(
    _ differences: [GapDifference], of pair: [String], title: String,
    detail: DisplayTable.TerminalDetail = .everything
  ) -> DisplayTable {
    DisplayTable(
      title: "\(pair[0]) (A) against \(pair[1]) (B): \(title)",
      columns: [
        .words("Gap"), .words("Attribute"), .numbers("A"), .numbers("B"),
        .numbers("A \u{2212} B"),
      ],
      rows: differences.map { difference in
        [
          Cell(MetricName(key: difference.metric).title), Cell(difference.attribute),
          .number(difference.a, reason: difference.reason),
          .number(difference.b, reason: difference.reason),
          .difference(
            difference.difference, difference.lower, difference.upper, reason: difference.reason),
        ]
      },
      notes: ["A positive difference: A treats the groups less equally than B."],
      terminalDetail: detail)
  }
}

extension AuditDocument.GapDifference {
  fileprivate var pair: [String] { [modelA, modelB] }
}

extension AuditDocument.Attribute {
  fileprivate var groupTable: DisplayTable {
    DisplayTable(
      title: "\(model), \(attribute): groups",
      columns: [
        .words("Group"), .numbers("Images"), .numbers("Patients"),
        .numbers("With finding", short: "Finding"),
        .numbers("Underdiagnosis rate", short: "Underdiagnosis"),
        .numbers("Overdiagnosis rate", short: "Overdiagnosis"), .numbers("Mean AUROC"),
        .numbers("Mean AUPRC"),
      ],
      rows: groupsAndOverall.map { group in
        [
          Cell(group.group), .count(group.n, reason: group.reason),
          .count(group.patients, reason: group.reason),
          .count(group.negatives, reason: group.reason),
          .estimate(group.underdiagnosisRate, within: group.reason),
          .estimate(group.overdiagnosisRate, within: group.reason),
          .estimate(group.auroc, within: group.reason),
          .estimate(group.auprc, within: group.reason),
        ]
      },
      notes: [
        "Underdiagnosis: the share of radiographs with a finding that are called free of "
          + "findings. Means over: \(labels.joined(separator: ", ")). Radiographs in no group: "
          + "\(ungrouped.map(NumberText.count) ?? "hidden")."
      ])
  }

  fileprivate var gapTable: DisplayTable {
    gapTable(gaps.filter { !MetricName(key: $0.metric).isPerLabel }, title: "gaps between groups")
  }

  /// What only a document has room for: the gaps and the AUROC of each label.
  fileprivate var detailTables: [DisplayTable] {
    let perLabel = gaps.filter { MetricName(key: $0.metric).isPerLabel }
    let gapTables =
      perLabel.isEmpty
      ? [] : [gapTable(perLabel, title: "gaps label by label", detail: .nothing)]
    return gapTables + (groups.contains { !$0.labels.isEmpty } ? [labelTable] : [])
  }

  private func gapTable(
    _ gaps: [AuditDocument.Gap], title: String,
    detail: DisplayTable.TerminalDetail = .everything
  ) -> DisplayTable {
    DisplayTable(
      title: "\(model), \(attribute): \(title)",
      columns: [
        .words("Gap"), .numbers("Largest \u{2212} smallest"), .numbers("By chance"), .numbers("p"),
        .words(""), .words("Best"), .words("Worst"), .numbers("Ratio"), .numbers("Groups"),
      ],
      rows: gaps.map(\.cells),
      notes: [
        "By chance: the mean gap and its 95 % range when group labels are shuffled among "
          + "patients; p: the share of shuffles with a gap at least as large. A gap is never "
          + "negative, so read it beside chance. \(Significance.legend), not adjusted for the number "
          + "of gaps."
      ],
      terminalDetail: detail)
  }

  private var labelTable: DisplayTable {
    let names = groups.flatMap(\.labels).map(\.label).distinct
    return DisplayTable(
      title: "\(model), \(attribute): AUROC by label and group",
      columns: [.words("Label")] + groups.map { .numbers($0.group) },
      rows: names.map { name in
        [Cell(name)]
          + groups.map { group in
            group.labels.first { $0.label == name }
              .map { .estimate($0.auroc, within: group.reason) }
              ?? .number(nil, reason: group.reason)
          }
      },
      terminalDetail: .nothing)
  }
}

extension AuditDocument.Gap {
  fileprivate var cells: [Cell] {
    [
      Cell(MetricName(key: metric).title), .estimate(value, lower, upper, reason: reason),
      .estimate(nullMean, nullLower, nullUpper, reason: value == nil ? reason : nil),
      .probability(p, reason: value == nil ? reason : nil),
      Cell(Significance.stars(p, effect: value, lower: lower, upper: upper)),
      best.map { Cell($0) } ?? .number(nil, reason: value == nil ? reason : nil),
      worst.map { Cell($0) } ?? .number(nil, reason: value == nil ? reason : nil),
      .number(ratio, reason: value == nil ? reason : nil),
      .count(groupCount, reason: nil),
    ]
  }
}
