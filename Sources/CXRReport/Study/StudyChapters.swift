// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

/// Arranges the tables and figures of a study's report into chapters.
struct StudyChapters {
  let results: StudyResults
  let published: PublishedResults?
  let tables: [StudyTable]
  let origins: StudyTable
  let figures: [StudyReportWriter.DrawnPart]
  let plan: StudyPlan

  /// A chapter before it is filled.
  private struct Outline {
    let id: String
    let title: String
    let question: String
    let answer: String
    let parts: [StudyPart]
  }

  /// The chapters that have something in them, then what is missing and where numbers come from.
  var sections: [ReportSection] {
    let filled = outlines.compactMap { outline -> ReportSection? in
      let figures = figures.filter { outline.parts.contains($0.part) }
      let tables = tables.filter { outline.parts.contains($0.part) }
      guard !figures.isEmpty || !tables.isEmpty else { return nil }
      return ReportSection(
        id: outline.id, title: outline.title,
        summary: Summary(
          question: outline.question, answer: outline.answer,
          warnings: outline.id == "overall" ? warnings : []),
        figures: figures.map(\.drawn), tables: tables.map(\.display), provenance: nil)
    }
    return filled + [contents]
  }

  private var contents: ReportSection {
    let missing = plan.missing.map(\.title)
    return ReportSection(
      id: "contents", title: "What this report has, and where its numbers come from",
      summary: Summary(
        question: "Is anything missing?",
        answer: missing.isEmpty
          ? "Every table and figure was produced."
          : "\(missing.count) of \(plan.items.count) parts were not produced: "
            + "\(NumberText.list(missing)). The table of the last chapter says why. Every number in a "
            + "table leads to its predictions.",
        warnings: []),
      figures: [], tables: [plan.table, origins.display], provenance: results.provenance)
  }

  private var warnings: [String] {
    // Arms of other sizes have no part in rates, so that they lack thresholds is no warning.
    let main = Set(results.arms.map(\.model))
    let quiet = results.index.arms.map(\.model).filter { !main.contains($0) }
      .map { "\($0) has no threshold" }
    let entries = results.testSets.flatMap { set in
      (set.evaluation.summary.warnings + (set.audit?.summary.warnings ?? [])).distinct
        .filter { text in !quiet.contains { text.hasPrefix($0) } }
        .sharedByModels(results.index.arms.filter { set.run($0) != nil }.map(\.model))
        .map { (text: $0, set: set.set.label) }
    }
    let own = entries.map(\.text).distinct.map { text in
      "\(entries.filter { $0.text == text }.map(\.set).joined(separator: ", ")): \(text)"
    }
    let paper = published.map { ["Published numbers: \($0.source.title). \($0.source.note)"] } ?? []
    return results.notes + paper + own
  }

  private var outlines: [Outline] {
    [
      Outline(
        id: "overall", title: "Overall performance",
        question: "Which strategy ranks radiographs best, and is that more than chance?",
        answer: overallAnswer,
        parts: [.overallAUROC, .overallAUPRC, .significance, .aggregates, .strategyBars, .heatMap]),
      Outline(
        id: "decisions", title: "Decisions",
        question: "What do the arms decide at their thresholds?",
        answer: "Counts and shares at the threshold of each arm and label.",
        parts: [.decisions, .confusion]),
      Outline(
        id: "diseases", title: "Each disease",
        question: "For which diseases do the strategies differ?",
        answer:
          "AUROC and AUPRC of each disease on each test set, with intervals and adjusted tests.",
        parts: [.diseases, .diseaseAUROC, .diseaseAUPRC]),
      Outline(
        id: "sizes", title: "The amount of data",
        question: "How much does each strategy gain from more data?",
        answer:
          "Means of every arm against the amount of training data, and their spread over seeds.",
        parts: [.realSizes, .syntheticSizes, .seeds]),
      Outline(
        id: "groups", title: "Groups of patients",
        question: "Do the strategies treat groups of patients more alike?", answer: gapAnswer,
        parts: [.groupAUROC, .fairnessGap, .underdiagnosisGap]),
      Outline(
        id: "cohort", title: "Who was studied",
        question: "Whose radiographs are these, and what was left out?",
        answer: "The way into the cohort, and counts by sex, race, age and finding.",
        parts: [.flow, .population, .intersections]),
      Outline(
        id: "training", title: "Training and generation",
        question: "What did the generator and the training give?",
        answer:
          "Checkpoints, the yield of generation, distances and training curves, as far as the "
          + "study has them.",
        parts: [.trainingCurves, .checkpoints, .yield, .distances]),
    ]
  }

  private var overallAnswer: String {
    let leaders = results.testSets.compactMap { set -> String? in
      let ranked = results.arms.compactMap { arm in
        set.run(arm)?.macro.auroc.value.map { (arm.label, $0) }
      }
      guard let best = ranked.max(by: { $0.1 < $1.1 }) else { return nil }
      return "\(set.set.label) \(best.0), \(NumberText.decimal(best.1))"
    }
    let changes = results.changes.filter { $0.metric == .auroc && $0.scope == .all }
      .compactMap { change -> String? in
        guard let difference = change.difference.value, let lower = change.difference.lower,
          let upper = change.difference.upper,
          let arm = results.index.arms.first(where: { $0.model == change.model })
        else { return nil }
        return "\(arm.label) \(NumberText.difference(difference)) "
          + NumberText.differenceInterval(lower, upper)
      }
    let first =
      leaders.isEmpty
      ? "No mean AUROC is defined."
      : "The largest mean AUROC: \(leaders.joined(separator: "; "))."
    return changes.isEmpty
      ? first
      : "\(first) Pooled difference from \(results.base.label) in mean AUROC over the test sets: "
        + "\(changes.joined(separator: "; "))."
  }

  private var gapAnswer: String {
    let gaps = results.audited.flatMap { audited in
      results.arms.compactMap { audited.set.gap("auroc", of: audited.attribute, $0) }
    }
    let tested = gaps.compactMap(\.p)
    guard !tested.isEmpty else {
      return "Gaps between groups, each beside what chance alone gives."
    }
    return "\(tested.count { $0 < 0.05 }) of \(tested.count) fairness gaps are larger than chance "
      + "explains (p < 0.05, not adjusted); compare gaps of strategies by their paired differences."
  }
}

extension [String] {
  /// The same notes, with those that say the same of several models said once.
  ///
  /// - Parameter models: The models that notes may begin with.
  /// - Returns: The notes in their order.
  func sharedByModels(_ models: [String]) -> [String] {
    let entries = map { text -> (model: String?, text: String) in
      let model = models.first { text.hasPrefix("\($0): ") }
      return (model, model.map { String(text.dropFirst($0.count + 2)) } ?? text)
    }
    return zip(self, entries).compactMap { whole, entry -> String? in
      guard entry.model != nil else { return whole }
      let sharing = entries.filter { $0.text == entry.text }.compactMap(\.model)
      guard sharing.count > 1 else { return whole }
      guard sharing[0] == entry.model else { return nil }
      let share = sharing.count == models.count ? "all" : "\(sharing.count) of \(models.count)"
      return "\(share) arms: \(entry.text)"
    }
  }
}
