// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension StudyReport {
  /// The figures about how well the models do.
  var evaluationFigures: [Figure] {
    guard !curves.isEmpty else { return [forest] }
    return [
      forest,
      grid(
        .roc, name: "roc", title: "Receiver operating characteristic by label",
        caption: "Sensitivity over the false-positive rate. Bands: pointwise 95 % intervals. "
          + "Dashed: a random ranking. Numbers: AUROC.",
        annotation: { $0.auroc }),
      grid(
        .precisionRecall, name: "precision-recall", title: "Precision and recall by label",
        caption: "Precision (positive predictive value) over recall (sensitivity). Bands: "
          + "pointwise 95 % intervals. Dashed: the prevalence, which a random ranking gives. "
          + "Numbers: AUPRC.", annotation: { $0.auprc }),
      grid(
        .calibration, name: "calibration", title: "Calibration by label",
        caption: "The observed share of positives over the mean score of each of 15 bins that "
          + "holds \(CurveGrid.smallestBin) radiographs or more. Dashed: perfect calibration.",
        annotation: nil),
    ]
  }

  private var forest: Figure {
    let models = evaluation.runs.map(\.model)
    let labels = evaluation.runs.flatMap(\.labels).map(\.label).distinct
    var rows = labels.map { name in
      IntervalPlot.Row(
        name: name,
        entries: evaluation.runs.map { run in
          .init(
            run.labels.first { $0.label == name }?.auroc ?? .undefined("not among the labels"))
        })
    }
    rows.append(
      IntervalPlot.Row(
        name: "Mean over labels", entries: evaluation.runs.map { .init($0.macro.auroc) }))
    let title = "AUROC by label and model"
    let panel = IntervalPlot.Panel(
      title: "", axisTitle: "AUROC",
      range: AxisRange.auroc(
        rows.flatMap(\.entries).compactMap { $0.interval?.lowerBound ?? $0.value }),
      rows: rows)
    return Figure(
      name: "auroc", title: title,
      caption: "Points: the value on the full sample. Lines: 95 % intervals.",
      script: IntervalPlot(models: models, panels: [panel]).script(title: title))
  }

  private func grid(
    _ kind: CurveGrid.Kind, name: String, title: String, caption: String,
    annotation: ((EvaluationDocument.Label) -> Estimate)?
  ) -> Figure {
    let grid = CurveGrid(kind, curves: curves) { curve in
      let run = evaluation.runs.first { $0.model == curve.model }
      guard let label = run?.labels.first(where: { $0.label == curve.label }) else { return nil }
      return annotation.map { Cell.estimate($0(label)).plainText }
    }
    return Figure(
      name: name, title: title, caption: caption, script: grid.script(title: title))
  }
}

extension IntervalPlot.Entry {
  /// An estimate as a point.
  init(_ estimate: Estimate) {
    self.init(
      value: estimate.value, interval: .ordered(estimate.lower, estimate.upper),
      text: Cell.estimate(estimate).plainText)
  }
}

extension ClosedRange<Double> {
  /// The range between two ends, when both are there, finite and in order.
  static func ordered(_ lower: Double?, _ upper: Double?) -> ClosedRange<Double>? {
    guard let lower, let upper, lower.isFinite, upper.isFinite, lower <= upper else { return nil }
    return lower...upper
  }
}
