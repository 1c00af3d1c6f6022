// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension OverviewDocument {
  /// The figures: mean AUROC by test set, and the gaps beside chance.
  var figures: [Figure] { [means] + gapFigures }

  private var means: Figure {
    let title = "Mean AUROC by test set"
    let rows = testSets.map { set in
      IntervalPlot.Row(
        name: set.dataset,
        entries: models.map { model in
          set.runs.first { $0.model == model }.map { .init($0.macro.auroc) }
            ?? .init(.undefined("no predictions"))
        })
    }
    let lowerEnds = rows.flatMap(\.entries).compactMap { $0.interval?.lowerBound ?? $0.value }
    let panel = IntervalPlot.Panel(
      title: "", axisTitle: "Mean AUROC", range: AxisRange.auroc(lowerEnds), rows: rows)
    return Figure(
      name: "auroc-by-test-set", title: title,
      caption:
        "Points: the value on the full sample. Lines: 95 % intervals. The means of a test set "
        + "are over the same labels.",
      script: IntervalPlot(models: models, panels: [panel]).script(title: title))
  }

  private var gapFigures: [Figure] {
    let attributes = testSets.flatMap(\.gaps).map(\.attribute).distinct
    guard !attributes.isEmpty else { return [] }
    return [
      ("auroc", "fairness-gaps", "AUROC"),
      ("underdiagnosisRate", "underdiagnosis-gaps", "underdiagnosis rate"),
    ].map { metric, name, words in
      let title = "Gaps in \(words) by test set, beside chance"
      let panels = attributes.map { panel(metric, attribute: $0) }
      return Figure(
        name: name, title: title,
        caption:
          "The largest minus the smallest value over the groups, with 95 % intervals. Grey: the "
          + "95 % range of the gap when group labels are shuffled among patients, its mean marked.",
        script: IntervalPlot(models: models, panels: panels).script(title: title))
    }
  }

  /// The gaps by an attribute, of the test sets that record it.
  private func panel(_ metric: String, attribute: String) -> IntervalPlot.Panel {
    let recording = testSets.filter { $0.gaps.contains { $0.attribute == attribute } }
    let rows = recording.map { set in
      IntervalPlot.Row(
        name: set.dataset,
        entries: models.map { model in
          set.gap(metric, of: attribute, model: model).map { .init($0) }
            ?? .init(.undefined("not recorded"))
        })
    }
    let ends = rows.flatMap(\.entries).flatMap {
      [$0.value, $0.interval?.upperBound, $0.chance?.upperBound].compactMap(\.self)
    }
    return IntervalPlot.Panel(
      title: attribute, axisTitle: "Largest minus smallest value over the groups",
      range: 0...AxisRange.ceiling(ends), rows: rows)
  }
}
