// SPDX-License-Identifier: Apache-2.0

/// Hides small counts, and what they could be derived from, before an audit is shared.
///
/// A count from 1 to one below the limit is hidden. When a single group of an attribute hides a
/// count, the next smallest is hidden too, for the total would give the first away; within a
/// group, positives and negatives are hidden together. A rate over a hidden count is hidden.
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

  /// Why counts are hidden: it says that they are small only if all of them are.
  private func reason(hiding counts: [Int?]) -> String {
    counts.allSatisfy { $0.map { $0 < limit } ?? true }
      ? "suppressed: <\(limit)" : "suppressed: would give a count below \(limit) away"
  }

  /// Hides the small counts of an audit.
  ///
  /// - Parameter document: The audit.
  /// - Returns: The audit as it can be shared.
  public func applied(to document: AuditDocument) -> AuditDocument {
    var document = document
    for index in document.attributes.indices {
      document.attributes[index].groups = suppressed(document.attributes[index].groups)
    }
    let hidden = document.attributes.flatMap(\.groups).count {
      $0.reason?.hasPrefix("suppressed") == true
    }
    if hidden > 0 {
      document.summary = Summary(
        question: document.summary.question, answer: document.summary.answer,
        warnings: document.summary.warnings + [
          "Counts below \(limit), and those that would give them away, are hidden in "
            + "\(hidden) groups."
        ])
    }
    return document
  }

  private func suppressed(_ groups: [AuditDocument.Group]) -> [AuditDocument.Group] {
    let hidesSize = hidden(groups.map(\.n))
    let hidesPatients = hidden(groups.map(\.patients))
    let hidesClass = zip(
      hidden(groups.map(\.positives)), hidden(groups.map(\.negatives))
    ).map { $0 || $1 }
    // A group that is too small to be compared has no cells.
    let labelCount = groups.map(\.labels.count).max() ?? 0
    func counts(_ label: Int, _ count: (AuditDocument.GroupLabel) -> Int?) -> [Int?] {
      groups.map { label < $0.labels.count ? count($0.labels[label]) : nil }
    }
    let hidesLabel = (0..<labelCount).map { label in
      zip(hidden(counts(label, \.positives)), hidden(counts(label, \.negatives)))
        .map { $0 || $1 }
    }
    return groups.indices.map { index in
      let original = groups[index]
      var group = original
      let hidesCount = hidesSize[index] || hidesPatients[index]
      var hiddenCounts: [Int?] = []
      if hidesCount {
        hiddenCounts += [original.n, original.patients]
        group.n = nil
        group.patients = nil
      }
      if hidesClass[index] {
        hiddenCounts += [original.positives, original.negatives]
        let reason = reason(hiding: [original.positives, original.negatives])
        group.positives = nil
        group.negatives = nil
        group.underdiagnosisRate = .undefined(reason)
        group.overdiagnosisRate = .undefined(reason)
      }
      if hidesCount || hidesClass[index] {
        group.reason = [reason(hiding: hiddenCounts), original.reason].compactMap(\.self)
          .joined(separator: "; ")
      }
      for label in original.labels.indices where hidesLabel[label][index] {
        let cell = original.labels[label]
        group.labels[label] = AuditDocument.GroupLabel(
          hidden: cell.label, reason: reason(hiding: [cell.positives, cell.negatives]))
      }
      return group
    }
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
