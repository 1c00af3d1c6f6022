// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

/// Says in words how models compare over test sets.
struct OverviewNarrative {
  private let testSets: [OverviewDocument.TestSet]
  private let reports: [StudyReport]
  private let adjustment: PAdjustment

  init(
    _ testSets: [OverviewDocument.TestSet], reports: [StudyReport], adjustment: PAdjustment
  ) {
    self.testSets = testSets
    self.reports = reports
    self.adjustment = adjustment
  }

  var summary: Summary {
    let models = testSets.flatMap(\.runs).map(\.model).distinct
    return Summary(
      question: "How \(models.count == 1 ? "does" : "do") \(NumberText.list(models)) do on "
        + "\(NumberText.count(testSets.count, "test set"))?",
      answer: ([leaders] + [differences].compactMap(\.self)).joined(separator: " "),
      warnings: [labelWarning].compactMap(\.self) + earlierWarnings)
  }

  /// The model with the largest mean AUROC on each test set.
  private var leaders: String {
    let sentences = testSets.compactMap { set -> String? in
      let ranked = set.runs.filter { $0.macro.auroc.value != nil }
      guard
        let best = ranked.max(by: { ($0.macro.auroc.value ?? 0) < ($1.macro.auroc.value ?? 0) })
      else { return nil }
      return "on \(set.dataset) \(best.model), \(NumberText.estimate(best.macro.auroc))"
    }
    guard !sentences.isEmpty else { return "No mean AUROC is defined." }
    return "The largest mean AUROC: \(sentences.joined(separator: "; "))."
  }

  /// How many differences are more than chance.
  private var differences: String? {
    let tests = testSets.flatMap(\.comparisons).filter { $0.metric == "auroc" && $0.p != nil }
    guard !tests.isEmpty else { return nil }
    let found = tests.count { ($0.pAdjusted ?? 1) < 0.05 }
    return "Of \(NumberText.count(tests.count, "difference")) in mean AUROC, "
      + "\(found == 0 ? "none is" : found == 1 ? "one is" : "\(found) are") more than chance at 5 % "
      + "after adjustment over all pairs and test sets (\(adjustment.rawValue))."
  }

  private var labelWarning: String? {
    let labels = testSets.map { $0.runs.first?.macro.labels ?? [] }
    guard Set(labels).count > 1 else { return nil }
    let counts = zip(testSets, labels).map { "\($1.count) on \($0.dataset)" }
    return
      "The means are over different labels (\(counts.joined(separator: ", "))): compare models "
      + "within a test set, not test sets."
  }

  /// The warnings of the test sets, each with its name.
  private var earlierWarnings: [String] {
    reports.flatMap { report in
      let all =
        report.evaluation.summary.warnings + (report.comparison?.summary.warnings ?? [])
        + (report.audit?.summary.warnings ?? [])
      let count = Set(all).count
      guard count > 0 else { return [String]() }
      return [
        "\(report.evaluation.provenance.dataset): \(NumberText.count(count, "warning")); see its own "
          + "report."
      ]
    }
  }
}
