// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

/// Says in words what a comparison was asked and what it found.
struct ComparisonNarrative {
  private let comparisons: [ComparisonDocument.Comparison]
  private let table: PredictionTable
  private let adjustment: PAdjustment
  private let warnings: [String]

  init(
    _ comparisons: [ComparisonDocument.Comparison], table: PredictionTable,
    adjustment: PAdjustment, warnings: [String]
  ) {
    self.comparisons = comparisons
    self.table = table
    self.adjustment = adjustment
    self.warnings = warnings
  }

  var summary: Summary {
    Summary(
      question: "Do \(NumberText.list(table.models.map(\.name))) differ on the same "
        + "\(NumberText.count(table.rowCount)) radiographs of "
        + "\(NumberText.count(table.patientCount)) patients?",
      answer: comparisons.filter { $0.label == "macro" }.map(sentence).joined(separator: " "),
      warnings: warnings
        + comparisons.filter { $0.difference == nil }.map { comparison in
          "\(comparison.modelA) and \(comparison.modelB) cannot be compared by "
            + "\(name(of: comparison.metric)) on \(comparison.label): "
            + "\(comparison.reason ?? "undefined")."
        })
  }

  private func sentence(_ macro: ComparisonDocument.Comparison) -> String {
    let family = comparisons.filter {
      $0.modelA == macro.modelA && $0.modelB == macro.modelB && $0.metric == macro.metric
        && $0.label != "macro"
    }
    guard family.contains(where: { $0.p != nil }) else {
      let estimate = Estimate(value: macro.difference, lower: macro.lower, upper: macro.upper)
      return "The mean \(name(of: macro.metric)) of \(macro.modelA) minus that of "
        + "\(macro.modelB) is \(NumberText.estimate(estimate)); no label was tested."
    }
    let significant = family.filter { ($0.pAdjusted ?? 1) < 0.05 }
    let estimate = Estimate(value: macro.difference, lower: macro.lower, upper: macro.upper)
    return "The mean \(name(of: macro.metric)) of \(macro.modelA) minus that of \(macro.modelB) is "
      + "\(NumberText.estimate(estimate)) (p \(NumberText.equation(macro.p))); after "
      + "adjustment (\(adjustment.rawValue)) \(significant.isEmpty ? "no label differs" : differing(significant)) at 5 %."
  }

  private func differing(_ labels: [ComparisonDocument.Comparison]) -> String {
    NumberText.list(labels.map(\.label)) + (labels.count == 1 ? " differs" : " differ")
  }

  private func name(of metric: String) -> String {
    metric == "auroc" ? "AUROC" : "average precision"
  }
}
