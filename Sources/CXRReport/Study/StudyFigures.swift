// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

/// Makes the figures of a study's report.
struct StudyFigures {
  let results: StudyResults
  let material: StudyMaterial
  let published: PublishedResults?

  /// Prepares the figures.
  init(_ results: StudyResults, material: StudyMaterial, published: PublishedResults?) {
    self.results = results
    self.material = material
    self.published = published
  }

  /// All figures in reading order.
  var all: [StudyFigure] {
    bars + heatMap + diseases + sizes + groups + gaps + flow + training + confusion
  }

  /// The names of the main arms.
  var labels: [String] { results.arms.map(\.label) }

  private var bars: [StudyFigure] {
    let aurocs = results.testSets.flatMap { set in
      results.arms.flatMap { arm -> [Double?] in
        let estimate = set.run(arm)?.macro.auroc
        return [
          estimate?.lower ?? estimate?.value,
          published?.value(.overall, of: arm, on: set.set, metric: "auroc_macro8"),
        ]
      }
    }.compactMap(\.self)
    let beginsAtChance = aurocs.allSatisfy { $0 > 0.5 }
    let panels = StudyTables.meanMetrics.map { metric in
      BarChart.Panel(
        axisTitle: "Mean \(metric.title)",
        floor: metric.key == "auroc" && beginsAtChance ? 0.5 : 0,
        groups: results.testSets.map { set in
          BarChart.Group(
            name: set.set.label,
            bars: results.arms.map { arm in
              let estimate = set.run(arm)?.macro[keyPath: metric.value]
              return BarChart.Bar(
                value: estimate?.value, interval: .ordered(estimate?.lower, estimate?.upper),
                published: published?.value(
                  .overall, of: arm, on: set.set, metric: metric.published))
            })
        })
    }
    let hasPaper = panels.flatMap(\.groups).flatMap(\.bars).contains { $0.published != nil }
    let title = StudyPart.strategyBars.title
    return [
      StudyFigure(
        part: .strategyBars,
        figure: Figure(
          name: StudyPart.strategyBars.rawValue, title: title,
          caption: "The bars of a test set stand in the order of the legend, each with its 95 % "
            + "interval and its value, and with its mark of the legend at the foot."
            + (beginsAtChance ? " The axis of AUROC begins at chance." : "")
            + (hasPaper ? " Diamonds: the published values." : ""),
          script: BarChart(arms: labels, panels: panels).script(title: title)))
    ]
  }

  private var diseases: [StudyFigure] {
    let names = FileName.unique(results.testSets.map(\.set.label))
    let metrics: [(StudyPart, String, KeyPath<EvaluationDocument.Label, Estimate>)] = [
      (.diseaseAUROC, "AUROC", \.auroc), (.diseaseAUPRC, "AUPRC", \.auprc),
    ]
    return metrics.flatMap { part, word, value in
      zip(results.testSets, names).map { set, name in
        let rows = (set.evaluation.runs.first?.labels.map(\.label) ?? []).map { label in
          IntervalPlot.Row(
            name: label,
            entries: results.arms.map { arm in
              set.run(arm)?.labels.first { $0.label == label }
                .map { .init($0[keyPath: value]) } ?? .init(.undefined("no predictions"))
            })
        }
        let ends = rows.flatMap(\.entries).compactMap { $0.interval?.lowerBound ?? $0.value }
        let title = "\(part.title), \(set.set.label)"
        return StudyFigure(
          part: part,
          figure: Figure(
            name: "\(part.rawValue)-\(name)", title: title,
            caption: "Points: the value on the full sample. Lines: 95 % intervals.",
            script: IntervalPlot(
              models: labels,
              panels: [
                .init(
                  title: "", axisTitle: word,
                  range: part == .diseaseAUROC ? AxisRange.auroc(ends) : 0...1, rows: rows)
              ]
            ).script(title: title)))
      }
    }
  }

  private var groups: [StudyFigure] {
    let sets = results.testSets.filter { $0.audit != nil }
    let names = FileName.unique(sets.map(\.set.label))
    return zip(sets, names).compactMap { set, name in
      let attributes = set.audit?.attributes.map(\.attribute).distinct ?? []
      var left: [String] = []
      let panels = attributes.map { attribute in
        let groups = results.arms.compactMap { set.attribute(attribute, of: $0) }.first?.groups
        let all = (groups ?? []).map { group in
          IntervalPlot.Row(
            name: StudyTables.words(group: group.group),
            entries: results.arms.map { arm in
              set.attribute(attribute, of: arm)?.groups.first { $0.group == group.group }
                .map { .init($0.auroc) } ?? .init(.undefined("no such group"))
            })
        }
        let rows = all.filter { $0.entries.contains { $0.value != nil } }
        if !rows.isEmpty { left += all.filter { !rows.contains($0) }.map(\.name) }
        let ends = rows.flatMap(\.entries).compactMap { $0.interval?.lowerBound ?? $0.value }
        return IntervalPlot.Panel(
          title: StudyTables.words(attribute: attribute), axisTitle: "Mean AUROC",
          range: AxisRange.auroc(ends), rows: rows)
      }
      let undefined = panels.filter(\.rows.isEmpty).map(\.title)
      let shown = panels.filter { !$0.rows.isEmpty }
      guard !shown.isEmpty else { return nil }
      let title = "\(StudyPart.groupAUROC.title), \(set.set.label)"
      return StudyFigure(
        part: .groupAUROC,
        figure: Figure(
          name: "\(StudyPart.groupAUROC.rawValue)-\(name)", title: title,
          caption: "Means over the labels with enough cases in every group, with 95 % intervals."
            + (left.isEmpty
              ? "" : " Without a number, and not drawn: \(left.joined(separator: "; ")).")
            + (undefined.isEmpty
              ? ""
              : " Not drawn, because no label has enough cases in every group: "
                + "\(undefined.joined(separator: ", "))."),
          script: IntervalPlot(models: labels, panels: shown).script(title: title)))
    }
  }

  private var gaps: [StudyFigure] {
    let metrics: [(StudyPart, String, String)] = [
      (.fairnessGap, "auroc", "Fairness gap"),
      (.underdiagnosisGap, "underdiagnosisRate", "Underdiagnosis gap"),
    ]
    return metrics.compactMap { part, metric, word in
      let panels = results.audited.map { audited in
        GapScatter.Panel(
          title: "\(audited.set.set.label), \(StudyTables.words(attribute: audited.attribute))",
          axisTitle: word,
          points: results.arms.enumerated().compactMap { index, arm in
            point(metric, audited.set, audited.attribute, arm, index: index)
          })
      }
      let undefined = panels.filter(\.points.isEmpty).map(\.title)
      let shown = panels.filter { !$0.points.isEmpty }
      guard !shown.isEmpty else { return nil }
      // Three panels fit on a page; a row shares its vertical axis.
      let rows = stride(from: 0, to: shown.count, by: 3).map {
        Array(shown[$0..<min($0 + 3, shown.count)])
      }
      return StudyFigure(
        part: part,
        figure: Figure(
          name: part.rawValue, title: part.title,
          caption: "Good models stand at the lower right. Lines: 95 % intervals. Grey: the 95 % "
            + "range of the gap when groups are shuffled among patients; a gap within it is no sign "
            + "of a disparity."
            + (undefined.isEmpty
              ? ""
              : " Not drawn, because no gap is defined: \(undefined.joined(separator: "; "))."),
          script: GapScatter(models: labels, rows: rows).script(title: part.title)))
    }
  }

  private func point(
    _ metric: String, _ set: StudyResults.TestSet, _ attribute: String, _ arm: StudyIndex.Arm,
    index: Int
  ) -> GapScatter.Point? {
    guard let auroc = set.run(arm)?.macro.auroc, let x = auroc.value,
      let gap = set.gap(metric, of: attribute, arm), let y = gap.value
    else { return nil }
    return GapScatter.Point(
      model: index, auroc: x, aurocInterval: .ordered(auroc.lower, auroc.upper) ?? x...x, gap: y,
      gapInterval: .ordered(gap.lower, gap.upper) ?? y...y,
      chance: .ordered(gap.nullLower, gap.nullUpper))
  }
}
