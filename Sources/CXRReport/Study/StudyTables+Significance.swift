// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation
internal import Foundation

extension StudyTables {
  /// Differences from the base with their tests, one table for each metric.
  var significance: [StudyTable] {
    guard results.arms.count > 1 else { return [] }
    return Self.meanMetrics.map { metric in
      let entries = results.testSets.flatMap { set in
        results.arms.compactMap { arm in
          set.comparison(arm, metric.key).map { (set: set, arm: arm, comparison: $0) }
        }
      }
      let tests = entries.map(\.comparison.test).distinct
      return StudyTable(
        .significance, name: "significance-\(metric.key)",
        DisplayTable(
          title: "Mean \(metric.title): differences from \(results.base.label)",
          columns: [
            .words("Test set"), .words("Strategy"), .numbers("Difference"), .numbers("p"),
            .numbers("Adjusted p"), .words(""),
          ],
          rows: entries.map { entry in
            let comparison = entry.comparison
            return [
              Cell(entry.set.set.label), Cell(entry.arm.label),
              .difference(
                comparison.difference, comparison.lower, comparison.upper,
                reason: comparison.difference == nil ? comparison.reason : nil
              ).linked(to: origins.link(entry.arm, on: entry.set)),
              .probability(comparison.p, reason: comparison.p == nil ? comparison.reason : nil),
              .probability(comparison.pAdjusted, reason: nil),
              Cell(
                Significance.stars(
                  comparison.pAdjusted, effect: comparison.difference, lower: comparison.lower,
                  upper: comparison.upper)),
            ]
          },
          notes: [
            "Test: \(tests.joined(separator: "; ")); adjusted over strategies and test sets. "
              + "\(Significance.legend)."
          ]),
        header: [
          "test set", "arm", "base", "metric", "label", "value", "base value", "difference",
          "lower", "upper", "test", "p", "adjusted p", "origin", "reason",
        ],
        rows: results.testSets.flatMap { set in
          results.arms.flatMap { arm in
            set.comparisons.filter { $0.modelA == arm.model && $0.metric == metric.key }
              .map { self.row($0, arm, set) }
          }
        })
    }
  }

  private func row(
    _ comparison: ComparisonDocument.Comparison, _ arm: StudyIndex.Arm, _ set: StudyResults.TestSet
  ) -> [String] {
    [set.set.label, arm.name, results.base.name, comparison.metric, comparison.label]
      + [
        comparison.a, comparison.b, comparison.difference, comparison.lower, comparison.upper,
      ].map(CSVField.number)
      + [
        comparison.test, CSVField.number(comparison.p), CSVField.number(comparison.pAdjusted),
        origins.name(arm.model, on: set), CSVField.reasons(comparison.reason),
      ]
  }

  /// The changes over all test sets, by the published rule and pooled.
  var aggregates: StudyTable? {
    guard !results.changes.isEmpty else { return nil }
    let changes = results.changes
    return StudyTable(
      .aggregates,
      DisplayTable(
        title: "Changes from \(results.base.label) over all test sets",
        columns: [
          .words("Metric"), .words("Over"), .words("Strategy"), .numbers("Mean relative change"),
          .numbers("Published"), .numbers("Pooled difference"), .numbers("Comparisons"),
        ],
        rows: changes.map { change in
          [
            Cell(Self.title(change.metric)), Cell(scope(change)), Cell(label(change.model)),
            Self.percent(change.relative).linked(to: "#provenance"),
            publishedChange(change).map { Cell(Self.percentText($0)) } ?? Cell("–"),
            .difference(
              change.difference.value, change.difference.lower, change.difference.upper,
              reason: change.difference.reason
            ).linked(to: "#provenance"),
            .count(change.comparisons.count, reason: Self.leftReason(change)),
          ]
        },
        notes: [
          "Mean relative change: the rule of the published figures, the mean of (arm \u{2212} base) / "
            + "base over the comparisons; it counts a test set on which the base is poor for more, and "
            + "says nothing where the base is near 0, as a gap may be. "
            + "Pooled difference: the mean of arm \u{2212} base, every comparison counting the same. "
            + "Intervals: each test set is resampled by itself, so they speak of these test sets. A "
            + "gap is never negative, which favours neither arm as long as both are of like size; "
            + "for a gap, a negative change is an improvement.",
          "Published: computed by the same rule from the published numbers of the same comparisons.",
        ]),
      header: [
        "metric", "scope", "arm", "base", "relative", "relative lower", "relative upper",
        "published relative", "difference", "difference lower", "difference upper", "comparisons",
        "left out", "reason",
      ],
      rows: changes.map { change in
        [
          change.metric.rawValue, change.scope.rawValue, name(change.model), results.base.name,
        ] + CSVField.estimate(change.relative)
          + [CSVField.number(publishedChange(change))] + CSVField.estimate(change.difference)
          + [
            change.comparisons.joined(separator: "|"), change.left.joined(separator: "|"),
            CSVField.reasons(change.relative.reason, change.difference.reason),
          ]
      })
  }

  private func label(_ model: String) -> String {
    results.index.arms.first { $0.model == model }?.label ?? model
  }

  private func name(_ model: String) -> String {
    results.index.arms.first { $0.model == model }?.name ?? model
  }

  private func scope(_ change: AggregateChange) -> String {
    change.scope == .all ? "all" : "external"
  }

  private static func leftReason(_ change: AggregateChange) -> String? {
    change.left.isEmpty ? nil : "undefined on \(change.left.joined(separator: ", "))"
  }

  private static func title(_ metric: AggregateChange.Metric) -> String {
    switch metric {
    case .auroc: "AUROC"
    case .auprc: "AUPRC"
    case .aurocGap: "Fairness gap"
    case .underdiagnosisGap: "Underdiagnosis gap"
    }
  }

  private static func percentText(_ value: Double) -> String {
    let tenths = (1000 * value).rounded() / 10
    let text = String(format: "%.1f", abs(tenths)) + " %"
    return tenths == 0 ? text : (tenths < 0 ? "\u{2212}" : "+") + text
  }

  private static func percent(_ estimate: Estimate) -> Cell {
    guard let value = estimate.value else { return Cell("n/a", reason: estimate.reason) }
    guard let lower = estimate.lower, let upper = estimate.upper else {
      return Cell(
        percentText(value), interval: estimate.reason.map { _ in "[n/a]" },
        reason: estimate.reason)
    }
    return Cell(
      percentText(value), interval: "[\(percentText(lower)), \(percentText(upper))]",
      reason: estimate.reason)
  }

  /// The paper's change by the paper's rule, over the same comparisons; `nil` unless it published
  /// all of them.
  func publishedChange(_ change: AggregateChange) -> Double? {
    guard let published, let arm = results.index.arms.first(where: { $0.model == change.model })
    else { return nil }
    let changes = results.testSets.filter { change.scope == .all || $0.set.role == .external }
      .flatMap { set -> [Double?] in
        func relative(
          _ table: PublishedResults.Table, _ metric: String, _ attribute: String?
        ) -> Double? {
          let values = [arm, results.base].map {
            published.value(table, of: $0, on: set.set, metric: metric, attribute: attribute)
          }
          guard let value = values[0], let base = values[1], base != 0 else { return nil }
          return (value - base) / base
        }
        switch change.metric {
        case .auroc: return [relative(.overall, "auroc_macro8", nil)]
        case .auprc: return [relative(.overall, "auprc_macro8", nil)]
        case .aurocGap:
          return set.set.groups.map { relative(.fairnessGap, "auroc_gap", $0) }
        case .underdiagnosisGap:
          return set.set.groups.map { relative(.underdiagnosisGap, "fpr_no_finding_gap", $0) }
        }
      }
    let known = changes.compactMap(\.self)
    guard !known.isEmpty, known.count == changes.count else { return nil }
    return known.reduce(0, +) / Double(known.count)
  }
}
