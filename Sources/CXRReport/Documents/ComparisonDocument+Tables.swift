// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension ComparisonDocument {
  /// One table for each pair of models and each metric, in the order of the document.
  var tables: [DisplayTable] {
    comparisons.map(\.subject).distinct.map { subject in
      Self.table(
        of: comparisons.filter { $0.subject == subject }, modelA: subject[0], modelB: subject[1],
        metric: subject[2])
    }
  }

  private static func table(
    of comparisons: [Comparison], modelA: String, modelB: String, metric: String
  ) -> DisplayTable {
    DisplayTable(
      title: "\(MetricName(key: metric).title): \(modelA) (A) against \(modelB) (B)",
      columns: [
        .words("Label"), .numbers("A"), .numbers("B"), .numbers("A \u{2212} B"), .numbers("p"),
        .numbers("Adjusted p", short: "p adj."), .words(""),
      ],
      rows: comparisons.filter { $0.label != "macro" }.map(\.cells),
      summaryRow: comparisons.first { $0.label == "macro" }?.cells,
      notes: [
        testNote(comparisons), "\(Significance.legend), after adjustment where there is one.",
      ]
    )
  }

  /// Names the tests; a test that serves some rows only says which.
  private static func testNote(_ comparisons: [Comparison]) -> String {
    let order = comparisons.map(\.test).distinct
    guard order.count > 1 else { return "Test: \(order.first ?? "none")." }
    let parts = order.map { test in
      let labels = comparisons.filter { $0.test == test }.map { $0.title }
      return labels.count > 3
        ? "\(test) for \(labels.count) rows" : "\(test) for \(labels.joined(separator: ", "))"
    }
    return "Tests: \(parts.joined(separator: "; "))."
  }
}

extension ComparisonDocument.Comparison {
  /// The two models and the metric.
  fileprivate var subject: [String] { [modelA, modelB, metric] }

  fileprivate var title: String { label == "macro" ? "Mean of labels" : label }

  fileprivate var cells: [Cell] {
    [
      Cell(title), .number(a, reason: reason), .number(b, reason: reason),
      .difference(difference, lower, upper, reason: reason), .probability(p, reason: reason),
      pAdjusted == nil && p != nil ? Cell("") : .probability(pAdjusted, reason: reason),
      Cell(
        Significance.stars(pAdjusted ?? p, effect: difference, lower: lower, upper: upper)),
    ]
  }
}
