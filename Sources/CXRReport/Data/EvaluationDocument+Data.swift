// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation

extension EvaluationDocument {
  /// The tables of an evaluation: `auroc`, `auprc`, `decisions`, `calibration` and `macro`.
  var dataTables: [DataTable] {
    [
      rankingTable("auroc", metric: \.auroc), rankingTable("auprc", metric: \.auprc),
      decisionTable, calibrationTable, macroTable,
    ]
  }

  /// The runs with each of their labels.
  private var cells: [(run: Run, label: Label)] {
    runs.flatMap { run in run.labels.map { (run, $0) } }
  }

  private func rankingTable(_ name: String, metric: KeyPath<Label, Estimate>) -> DataTable {
    DataTable(
      name: name,
      header: [
        "model", "label", "images", "patients", "positives", name, "lower", "upper", "reason",
      ],
      rows: cells.map { run, label in
        [run.model, label.label, "\(label.n)", "\(label.patients)", "\(label.positives)"]
          + CSVField.estimate(label[keyPath: metric])
          + [CSVField.reasons(label[keyPath: metric].reason)]
      })
  }

  private var decisionTable: DataTable {
    DataTable(
      name: "decisions",
      header: ["model", "label", "threshold", "F1", "MCC"]
        + ["sensitivity", "specificity", "PPV", "NPV"].flatMap(CSVField.estimateHeader)
        + ["reason"],
      rows: cells.map { run, label in
        [
          run.model, label.label, CSVField.number(label.threshold), CSVField.number(label.f1),
          CSVField.number(label.mcc),
        ]
          + [label.sensitivity, label.specificity, label.ppv, label.npv]
          .flatMap(CSVField.estimate)
          + [
            CSVField.reasons(
              label.reason, label.sensitivity.reason, label.specificity.reason, label.ppv.reason,
              label.npv.reason)
          ]
      })
  }

  private var calibrationTable: DataTable {
    DataTable(
      name: "calibration",
      header: [
        "model", "label", "Brier score", "expected calibration error", "calibration slope",
        "calibration intercept", "reason",
      ],
      rows: cells.map { run, label in
        [run.model, label.label]
          + [label.brier, label.ece, label.calibrationSlope, label.calibrationIntercept]
          .map(CSVField.number) + [CSVField.reasons(label.reason)]
      })
  }

  private var macroTable: DataTable {
    DataTable(
      name: "macro",
      header: [
        "model", "metric", "value", "lower", "upper", "label count", "labels", "policy", "reason",
      ],
      rows: runs.flatMap { run in
        [("auroc", run.macro.auroc), ("auprc", run.macro.auprc)].map { metric, estimate in
          [run.model, metric] + CSVField.estimate(estimate) + [
            "\(run.macro.labels.count)", run.macro.labels.joined(separator: "; "),
            run.macro.policy, CSVField.reasons(estimate.reason),
          ]
        }
      })
  }
}
