// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCohort
internal import CXRCore
internal import CXREvaluation
internal import CXRStatistics

extension StudyFigures {
  /// Means against the amounts of real and of synthetic data.
  var sizes: [StudyFigure] {
    let axes = [
      (
        StudyPart.realSizes,
        SizeAxis(results.index, share: \.realShare, count: \.realCount, kind: "real")
      ),
      (
        .syntheticSizes,
        SizeAxis(
          results.index, share: \.syntheticShare, count: \.syntheticCount, kind: "synthetic")
      ),
    ]
    return axes.flatMap { part, axis in
      StudyTables.meanMetrics.compactMap { metric in
        axis.map { sizeFigure(part, axis: $0, metric: metric) }
      }
    }
  }

  private func sizeFigure(
    _ part: StudyPart, axis: SizeAxis, metric: StudyTables.MeanMetric
  ) -> StudyFigure {
    let title = "\(part.title), mean \(metric.title)"
    let strategies = results.arms.map(\.strategy).distinct
    let panels = results.testSets.map { set in
      SizeCurves.Panel(
        title: set.set.label,
        series: strategies.enumerated().map { index, strategy in
          let arms = results.index.arms.filter { $0.strategy == strategy }
          let isVaried = axis.strategies.contains(strategy)
          return SizeCurves.Series(
            style: index,
            points: isVaried
              ? arms.compactMap { arm in
                guard let x = axis.place(of: arm),
                  let estimate = set.run(arm)?.macro[keyPath: metric.value],
                  let value = estimate.value
                else { return nil }
                return SizeCurves.Point(
                  x: x, value: value, interval: .ordered(estimate.lower, estimate.upper))
              } : [],
            level: isVaried
              ? nil
              : arms.first { $0.isHeadline }
                .flatMap { set.run($0)?.macro[keyPath: metric.value].value })
        })
    }
    return StudyFigure(
      part: part,
      figure: Figure(
        name: part.rawValue + (metric.key == "auroc" ? "" : "-\(metric.key)"), title: title,
        caption: "Points: models with 95 % intervals; lines join their means. Dashed: strategies "
          + "whose amount does not vary. The panels share both axes.",
        script: SizeCurves(
          strategies: strategies.map(name), panels: panels, xTitle: axis.title,
          yTitle: "Mean \(metric.title)"
        ).script(title: title)))
  }

  /// What the legend calls a strategy: its main arm's label.
  private func name(_ strategy: String) -> String {
    results.arms.first { $0.strategy == strategy }?.label ?? strategy
  }

  /// Arms against metrics, in shades.
  var heatMap: [StudyFigure] {
    let columns: [(String, (StudyIndex.Arm) -> Double?)]
    if results.index.labels.count <= StudyPart.confusionLabelLimit {
      let decisions = results.decisions
      let measures: [(String, (StudyDecision) -> Double?)] = [
        ("Accuracy", { $0.accuracy }), ("F1", { $0.label.f1 }), ("AUROC", { $0.label.auroc.value }),
        ("Precision", { $0.label.ppv.value }), ("Recall", { $0.label.sensitivity.value }),
      ]
      let several = results.testSets.count > 1 || results.index.labels.count > 1
      columns = results.testSets.flatMap { set in
        results.index.labels.flatMap { label in
          measures.map { name, value in
            let place = several ? "\(label) " : ""
            return (
              place + name,
              { arm in
                decisions.first {
                  $0.arm.name == arm.name && $0.set.set.label == set.set.label
                    && $0.label.label == label
                }.flatMap(value)
              }
            )
          }
        }
      }
    } else {
      columns = StudyTables.meanMetrics.flatMap { metric in
        results.testSets.map { set in
          (
            "\(set.set.label) \(metric.title)",
            { arm in set.run(arm)?.macro[keyPath: metric.value].value }
          )
        }
      }
    }
    let values = results.arms.map { arm in columns.map { $0.1(arm) } }
    let entries = values.map { row in
      row.enumerated().map { column, value -> ShadedGrid.Entry in
        let known = values.compactMap { $0[column] }
        guard let value, let low = known.min(), let high = known.max() else {
          return .init(lines: ["n/a"], shade: nil)
        }
        return .init(
          lines: [NumberText.decimal(value)], shade: high > low ? (value - low) / (high - low) : 0)
      }
    }
    let title = StudyPart.heatMap.title
    // Five columns fit on a page.
    let panels = stride(from: 0, to: columns.count, by: 5).map { start in
      let range = start..<min(start + 5, columns.count)
      return ShadedGrid.Panel(
        title: "", columns: columns[range].map(\.0), rows: labels,
        entries: entries.map { Array($0[range]) })
    }
    return [
      StudyFigure(
        part: .heatMap,
        figure: Figure(
          name: StudyPart.heatMap.rawValue, title: title,
          caption: "The darker, the larger within a column: the smallest value of a column is "
            + "white, the largest blue.",
          script: ShadedGrid(panels, cellWidth: 136, cellHeight: 34, panelsPerRow: 1)
            .script(title: title)))
    ]
  }

  /// The ways into cohorts.
  var flow: [StudyFigure] {
    let names = FileName.unique(material.flows.map { $0.cohort ?? "ingest" })
    return zip(material.flows, names).map { flow, name in
      let figure = ConsortDiagram(flow).figure
      return StudyFigure(
        part: .flow,
        figure: Figure(
          name: "\(StudyPart.flow.rawValue)-\(name)",
          title: "\(StudyPart.flow.title) \(flow.cohort ?? "")", caption: figure.caption,
          script: figure.script))
    }
  }

  /// Losses and validation AUROC by epoch: those of the main arms, then those of other amounts of data
  /// and seeds, as more than eight curves in one figure cannot be told apart.
  var training: [StudyFigure] {
    let runs = material.trainingRuns.filter { !$0.epochs.isEmpty }
    let main = Set(results.index.headlineArms.compactMap(\.trainingRun))
    let strategies = results.index.arms.map(\.strategy).distinct
    let name = StudyPart.trainingCurves.rawValue
    let files = FileName.unique(strategies.map { "\(name)-\($0)" })
    let isOne = runs.count <= 8
    let parts: [(name: String, title: String?, runs: [TrainingRunContent])] =
      isOne
      ? [(name, nil, runs)]
      : [(name, "Training runs of the main arms", runs.filter { main.contains($0.name) })]
        + zip(strategies, files).map { strategy, file in
          let own = Set(
            results.index.arms.filter { $0.strategy == strategy }.compactMap(\.trainingRun))
          return (
            file, "Training runs, other amounts and seeds: \(self.name(strategy))",
            runs.filter { own.contains($0.name) && !main.contains($0.name) }
          )
        }
    return parts.filter { !$0.runs.isEmpty }.map { part in
      StudyFigure(
        part: .trainingCurves,
        figure: TrainingCurves(part.runs).figure(name: part.name, title: part.title))
    }
  }

  /// Confusion matrices of studies with few labels.
  var confusion: [StudyFigure] {
    guard StudyPart.confusion.missingReason(results.index, material) == nil else { return [] }
    let decisions = results.decisions
    let names = FileName.unique(results.testSets.map(\.set.label))
    return zip(results.testSets, names).flatMap { set, name in
      results.index.labels.compactMap { label -> StudyFigure? in
        let panels = decisions.filter {
          $0.set.set.label == set.set.label && $0.label.label == label
        }.compactMap { decision in
          decision.matrix.map { matrix in
            ShadedGrid.Panel(
              title: decision.arm.label, columns: ["positive", "negative"],
              rows: ["is positive", "is negative"],
              entries: [
                Self.row(matrix.truePositives, matrix.falseNegatives),
                Self.row(matrix.falsePositives, matrix.trueNegatives),
              ], columnTitle: "called")
          }
        }
        guard !panels.isEmpty else { return nil }
        let title = "\(StudyPart.confusion.title): \(label), \(set.set.label)"
        return StudyFigure(
          part: .confusion,
          figure: Figure(
            name: FileName.unique(["\(StudyPart.confusion.rawValue) \(name) \(label)"])[0],
            title: title,
            caption: "Radiographs and their share of the row; the darker, the larger the share.",
            script: ShadedGrid(panels, cellWidth: 86, cellHeight: 56, panelsPerRow: 3)
              .script(title: title)))
      }
    }
  }

  private static func row(_ first: Int, _ second: Int) -> [ShadedGrid.Entry] {
    let total = Double(max(1, first + second))
    return [first, second].map { count in
      let share = Double(count) / total
      return .init(
        lines: [NumberText.count(count), "\(Int((100 * share).rounded())) %"], shade: share)
    }
  }
}
