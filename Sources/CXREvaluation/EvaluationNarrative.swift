// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

/// Says in words what an evaluation was asked and what it found.
struct EvaluationNarrative {
  private let runs: [EvaluationDocument.Run]
  private let table: PredictionTable
  private let options: EvaluationOptions
  private let earlier: [String]

  init(
    _ runs: [EvaluationDocument.Run], table: PredictionTable, options: EvaluationOptions,
    warnings: [String]
  ) {
    self.runs = runs
    self.table = table
    self.options = options
    self.earlier = warnings
  }

  var summary: Summary {
    Summary(
      question: "How well \(runs.count == 1 ? "does" : "do") "
        + "\(NumberText.list(runs.map(\.model))) rank and call "
        + "\(table.labels.count == 1 ? table.labels[0].name : "\(table.labels.count) labels")?",
      answer: "On \(NumberText.count(table.rowCount)) radiographs of "
        + "\(NumberText.count(table.patientCount)) patients: "
        + runs.map(sentence).joined(separator: "; ") + ".",
      warnings: earlier + undefinedWarnings + thresholdWarnings + unitWarnings)
  }

  private func sentence(_ run: EvaluationDocument.Run) -> String {
    let mean = run.macro.auroc
    let labels = run.macro.auroc.labelCount ?? 0
    let ranked = run.labels.filter { $0.auroc.value != nil }
      .sorted { ($0.auroc.value ?? 0, $1.label) > ($1.auroc.value ?? 0, $0.label) }
    var text =
      "\(run.model) has a mean AUROC of \(NumberText.estimate(mean)) and a mean average "
      + "precision of \(NumberText.estimate(run.macro.auprc)) over "
      + NumberText.count(labels, "label")
    if let best = ranked.first, let worst = ranked.last, ranked.count > 1 {
      text +=
        ", from \(NumberText.decimal(worst.auroc.value)) (\(worst.label)) to "
        + "\(NumberText.decimal(best.auroc.value)) (\(best.label))"
    }
    return text
  }

  /// Undefined labels, each reason once with the labels and models that it befalls.
  private var undefinedWarnings: [String] {
    runs.flatMap { run in
      run.labels.filter { $0.auroc.value == nil }.map { label in
        "\(run.model): the AUROC of \(label.label) is undefined – \(label.auroc.reason ?? "")."
      }
    }
  }

  private var thresholdWarnings: [String] {
    runs.compactMap { run in
      let missing = run.labels.filter { $0.threshold == nil && $0.n > 0 }.map(\.label)
      guard !missing.isEmpty else { return nil }
      return "\(run.model) has no threshold for "
        + "\(missing.count == run.labels.count ? "any label" : NumberText.list(missing)); "
        + "rates are left out. Use `cxr thresholds import` or `cxr thresholds select`."
    }
  }

  private var unitWarnings: [String] {
    guard options.unit == .image, table.patientCount < table.rowCount, options.resampleCount > 0
    else { return [] }
    return [
      "Intervals resample radiographs although patients repeat; they are too narrow. "
        + "The default, --unit patient, is not."
    ]
  }
}
