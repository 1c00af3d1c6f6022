// SPDX-License-Identifier: Apache-2.0

/// Hides small counts of groups, and what they could be derived from, before an audit is shared.
///
/// A count from 1 to one below the limit is hidden. Within an attribute, when a single count of a
/// column is hidden, the next smallest is hidden too, for the total would give the first away.
/// Within a group, a hidden size hides everything below it, and positives and negatives are hidden
/// together. A rate over a hidden count is hidden.
///
/// Tables by different attributes of the same radiographs are protected each on its own: do not
/// share several of them where their margins could be subtracted from one another.
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
          + "groups. Tables by different attributes are protected each on its own."
      ])
    return document
  }

  private func suppressed(_ attribute: AuditDocument.Attribute) -> AuditDocument.Attribute {
    let groups = attribute.groups
    // Radiographs of no group are one more row of the column of sizes.
    let sizes = hidden(groups.map(\.n) + [attribute.ungrouped])
    let patients = hidden(groups.map(\.patients))
    let classes = hiddenTogether(groups.map(\.positives), groups.map(\.negatives))
    // A group that is too small to be compared has no cells.
    let labelCount = groups.map(\.labels.count).max() ?? 0
    let labels = (0..<labelCount).map { label in
      let cells = groups.map { label < $0.labels.count ? $0.labels[label] : nil }
      return hiddenTogether(cells.map { $0?.positives }, cells.map { $0?.negatives })
    }
    var attribute = attribute
    if sizes[groups.count] { attribute.ungrouped = nil }
    attribute.groups = groups.indices.map { index in
      suppressed(
        groups[index], hidesSize: sizes[index] || patients[index], hidesClasses: classes[index],
        hidesLabels: labels.map { $0[index] })
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

  private func hiddenTogether(_ first: [Int?], _ second: [Int?]) -> [Bool] {
    zip(hidden(first), hidden(second)).map { $0 || $1 }
  }

  /// Which counts of a column are hidden: the small ones, and a second one where there is one only.
  private func hidden(_ counts: [Int?]) -> [Bool] {
    var isHidden = counts.map { count in count.map { (1..<limit).contains($0) } ?? false }
    guard isHidden.count(where: \.self) == 1 else { return isHidden }
    let next = counts.indices.filter { !isHidden[$0] && (counts[$0] ?? 0) > 0 }
      .min { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
    if let next { isHidden[next] = true }
    return isHidden
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
