// SPDX-License-Identifier: Apache-2.0

/// Hides small counts of groups, and what they could be derived from, before an audit is shared.
///
/// A count from 1 to one below the limit is hidden. When a single count of a total is hidden, the
/// next smallest of that total is hidden too, for it would give the first away; in an intersection
/// such as `sex*age`, each row and each column is such a total. Within a group, a hidden size hides
/// everything below it, and positives and negatives are hidden together. A rate over a hidden count
/// is hidden, and so is a gap whose best or worst group is hidden.
///
///     SmallCellSuppression(limit: 10).applied(to: audit)
///
/// - SeeAlso: The cell-size policy of the Centers for Medicare & Medicaid Services,
///   <https://resdac.org/articles/cms-cell-size-suppression-policy>.
public struct SmallCellSuppression: Sendable {
  /// Counts below it, but not 0, are hidden.
  public let limit: Int

  /// Creates a rule.
  ///
  /// - Parameter limit: Counts below it, but not 0, are hidden; at least 2.
  public init(limit: Int) {
    precondition(limit > 1, "a limit that hides something")
    self.limit = limit
  }

  /// Hides the small counts of an audit.
  ///
  /// - Parameter document: The audit.
  /// - Returns: The audit as it can be shared.
  public func applied(to document: AuditDocument) -> AuditDocument {
    var document = document
    document.attributes = document.attributes.map(suppressed)
    let hidden = document.attributes.flatMap(\.groups).count {
      $0.reason?.hasPrefix("suppressed") == true
    }
    guard hidden > 0 else { return document }
    document.summary = Summary(
      question: document.summary.question, answer: document.summary.answer,
      warnings: document.summary.warnings + [
        "Counts below \(limit), and those that would give them away, are hidden in \(hidden) "
          + "groups."
      ])
    return document
  }

  private func suppressed(_ attribute: AuditDocument.Attribute) -> AuditDocument.Attribute {
    let groups = attribute.groups
    let totals = Totals(groups.map(\.group))
    // Radiographs of no group are one more part of the total.
    let sizes = hidden(groups.map(\.n) + [attribute.ungrouped], in: totals.withRemainder)
    let patients = hidden(groups.map(\.patients), in: totals)
    let classes = hiddenTogether(groups.map(\.positives), groups.map(\.negatives), in: totals)
    // A group that is too small to be compared has no cells.
    let labelCount = groups.map(\.labels.count).max() ?? 0
    let labels = (0..<labelCount).map { label in
      let cells = groups.map { label < $0.labels.count ? $0.labels[label] : nil }
      return hiddenTogether(
        cells.map { $0?.positives }, cells.map { $0?.negatives }, in: totals)
    }
    var attribute = attribute
    if sizes[groups.count] { attribute.ungrouped = nil }
    attribute.groups = groups.indices.map { index in
      suppressed(
        groups[index], hidesSize: sizes[index] || patients[index], hidesClasses: classes[index],
        hidesLabels: labels.map { $0[index] })
    }
    let hiddenNames = Set(
      attribute.groups.filter { $0.reason?.hasPrefix("suppressed") == true }.map(\.group))
    attribute.gaps = attribute.gaps.map { gap in
      let ends = [gap.best, gap.worst].compactMap(\.self)
      return hiddenNames.isDisjoint(with: ends) ? gap : gap.suppressed
    }
    return attribute
  }

  private func suppressed(
    _ group: AuditDocument.Group, hidesSize: Bool, hidesClasses: Bool, hidesLabels: [Bool]
  ) -> AuditDocument.Group {
    var shown = group
    var hiddenCounts: [Int?] = []
    if hidesSize {
      hiddenCounts += [group.n, group.patients]
      shown.n = nil
      shown.patients = nil
    }
    if hidesSize || hidesClasses {
      let counts = [group.positives, group.negatives]
      hiddenCounts += counts
      shown.positives = nil
      shown.negatives = nil
      shown.underdiagnosisRate = .undefined(reason(hiding: counts))
      shown.overdiagnosisRate = .undefined(reason(hiding: counts))
    }
    if !hiddenCounts.isEmpty {
      shown.reason = [reason(hiding: hiddenCounts), group.reason].compactMap(\.self)
        .joined(separator: "; ")
    }
    for label in group.labels.indices where hidesSize || hidesLabels[label] {
      let cell = group.labels[label]
      shown.labels[label] = AuditDocument.GroupLabel(
        hidden: cell.label, reason: reason(hiding: [cell.positives, cell.negatives]))
    }
    return shown
  }

  /// Why counts are hidden: it says that they are small only if all of them are.
  private func reason(hiding counts: [Int?]) -> String {
    counts.allSatisfy { $0.map { $0 < limit } ?? true }
      ? "suppressed: <\(limit)" : "suppressed: would give a count below \(limit) away"
  }

  private func hiddenTogether(_ first: [Int?], _ second: [Int?], in totals: Totals) -> [Bool] {
    zip(hidden(first, in: totals), hidden(second, in: totals)).map { $0 || $1 }
  }

  /// Which counts are hidden: the small ones, and a second one of each total that hides one only.
  private func hidden(_ counts: [Int?], in totals: Totals) -> [Bool] {
    var isHidden = counts.map { count in count.map { (1..<limit).contains($0) } ?? false }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for members in totals.members where members.count(where: { isHidden[$0] }) == 1 {
        let next = members.filter { !isHidden[$0] && (counts[$0] ?? 0) > 0 }
          .min { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
        guard let next else { continue }
        isHidden[next] = true
        hasChanged = true
      }
    }
    return isHidden
  }
}

/// The sums that a reader may know: of all groups for one attribute; of every row and column for
/// an intersection.
private struct Totals {
  /// The positions of the groups that each total is made of.
  let members: [[Int]]
  private let groupCount: Int

  private init(members: [[Int]], groupCount: Int) {
    self.members = members
    self.groupCount = groupCount
  }

  /// Takes the totals of groups from their names, such as `F|18-40`.
  init(_ names: [String]) {
    let parts = names.map { $0.split(separator: "|").map(String.init) }
    var lines: [[String]: [Int]] = [:]
    for (position, values) in parts.enumerated() {
      for left in values.indices {
        // What stays fixed along the line; the attribute that varies is left out.
        var key = values
        key[left] = "*"
        lines[key, default: []].append(position)
      }
    }
    self.init(
      members: lines.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value),
      groupCount: names.count)
  }

  /// The same totals, each with one more part that belongs to no group.
  var withRemainder: Totals {
    Totals(members: members.map { $0 + [groupCount] }, groupCount: groupCount + 1)
  }
}

extension AuditDocument.Gap {
  /// The gap without its numbers.
  fileprivate var suppressed: AuditDocument.Gap {
    AuditDocument.Gap(
      metric: metric, value: nil, lower: nil, upper: nil, best: nil, worst: nil, ratio: nil,
      nullMean: nullMean, nullLower: nullLower, nullUpper: nullUpper, p: p,
      groupCount: groupCount, reason: "suppressed: would give a hidden rate away")
  }
}

extension AuditDocument.GroupLabel {
  /// A cell of which nothing is shown.
  fileprivate init(hidden label: String, reason: String) {
    self.init(
      label: label, positives: nil, negatives: nil, auroc: .undefined(reason),
      tpr: .undefined(reason), fpr: .undefined(reason))
  }
}
