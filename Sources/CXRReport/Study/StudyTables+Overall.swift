// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension StudyTables {
  /// A metric of the mean over labels.
  struct MeanMetric {
    let part: StudyPart
    /// The key in documents.
    let key: String
    let title: String
    /// The paper's word.
    let published: String
    let value: KeyPath<EvaluationDocument.Macro, Estimate>
  }

  static var meanMetrics: [MeanMetric] {
    [
      .init(
        part: .overallAUROC, key: "auroc", title: "AUROC", published: "auroc_macro8",
        value: \.auroc),
      .init(
        part: .overallAUPRC, key: "auprc", title: "AUPRC", published: "auprc_macro8",
        value: \.auprc),
    ]
  }

  /// Means of the arms by test set, and beside the published numbers.
  var overall: [StudyTable] {
    Self.meanMetrics.flatMap { metric in
      [meanTable(metric)] + [publishedTable(metric)].compactMap(\.self)
    }
  }

  private func meanTable(_ metric: MeanMetric) -> StudyTable {
    let sets = results.testSets
    let counts = sets.map { $0.evaluation.runs.first?.macro.labels.count ?? 0 }
    let display = DisplayTable(
      title: metric.part.title,
      columns: [.words("Strategy")]
        + zip(sets, counts).map { .numbers("\($0.set.label) (\(NumberText.count($1, "label")))") },
      rows: results.arms.map { arm in
        [Cell(arm.label)] + sets.map { meanCell(metric, arm, $0) }
      },
      notes: [
        "95 % intervals in brackets. Stars: difference from \(results.base.label), p adjusted over "
          + "strategies and test sets. \(Significance.legend). In brackets above: how many labels "
          + "the means of a test set are over."
      ])
    return StudyTable(
      metric.part, display,
      header: [
        "test set", "role", "arm", "strategy", "labels", "policy", metric.key, "lower", "upper",
        "p", "adjusted p", "published", "difference from published", "origin", "reason",
      ],
      rows: sets.flatMap { set in
        results.arms.compactMap { arm in row(metric, arm, set) }
      })
  }

  private func row(
    _ metric: MeanMetric, _ arm: StudyIndex.Arm, _ set: StudyResults.TestSet
  ) -> [String]? {
    guard let run = set.run(arm) else { return nil }
    let estimate = run.macro[keyPath: metric.value]
    let comparison = set.comparison(arm, metric.key)
    let paper = published(metric, arm, set)
    return [
      set.set.label, set.set.role.rawValue, arm.name, arm.strategy,
      run.macro.labels.joined(separator: "|"), run.macro.policy,
    ] + CSVField.estimate(estimate)
      + [
        CSVField.number(comparison?.p), CSVField.number(comparison?.pAdjusted),
        CSVField.number(paper),
        CSVField.number(estimate.value.flatMap { value in paper.map { value - $0 } }),
        origins.name(arm.model, on: set), CSVField.reasons(estimate.reason),
      ]
  }

  private func published(
    _ metric: MeanMetric, _ arm: StudyIndex.Arm, _ set: StudyResults.TestSet
  ) -> Double? {
    published?.value(.overall, of: arm, on: set.set, metric: metric.published)
  }

  private func meanCell(
    _ metric: MeanMetric, _ arm: StudyIndex.Arm, _ set: StudyResults.TestSet
  ) -> Cell {
    guard let run = set.run(arm) else { return Cell("n/a", reason: "no predictions") }
    let cell = Cell.estimate(run.macro[keyPath: metric.value])
    let comparison = set.comparison(arm, metric.key)
    let stars = Significance.stars(
      comparison?.pAdjusted, effect: comparison?.difference, lower: comparison?.lower,
      upper: comparison?.upper)
    return Cell(
      cell.text + stars, interval: cell.interval, reason: cell.reason,
      link: origins.link(arm, on: set))
  }

  /// The same means beside the published ones, where there are any.
  private func publishedTable(_ metric: MeanMetric) -> StudyTable? {
    guard let published else { return nil }
    let places = results.testSets.flatMap { set in
      results.arms.compactMap { arm in
        self.published(metric, arm, set).map { (set: set, arm: arm, paper: $0) }
      }
    }
    guard !places.isEmpty else { return nil }
    let display = DisplayTable(
      title: "Mean \(metric.title) beside the published numbers",
      columns: [
        .words("Test set"), .words("Strategy"), .numbers("Here"), .numbers("Published"),
        .numbers("Here \u{2212} published"), .numbers("Labels here"),
      ],
      rows: places.map { place in
        let macro = place.set.run(place.arm)?.macro
        let estimate = macro?[keyPath: metric.value]
        return [
          Cell(place.set.set.label), Cell(place.arm.label),
          estimate.map { .estimate($0).linked(to: origins.link(place.arm, on: place.set)) }
            ?? Cell("n/a", reason: "no predictions"),
          Self.publishedCell(place.paper), Self.difference(estimate?.value, place.paper),
          .count(macro?.labels.count, reason: nil),
        ]
      },
      notes: ["Published: \(published.source.title). \(published.source.note)"])
    return StudyTable(
      metric.part, name: metric.part.rawValue + "-published", display,
      header: ["test set", "arm", metric.key, "published", "difference", "origin"],
      rows: places.map { place in
        let value = place.set.run(place.arm)?.macro[keyPath: metric.value].value
        return [
          place.set.set.label, place.arm.name, CSVField.number(value),
          CSVField.number(place.paper), CSVField.number(value.map { $0 - place.paper }),
          origins.name(place.arm.model, on: place.set),
        ]
      })
  }
}
