// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension EvaluationDocument {
  /// The tables: the models beside one another, then each model by label.
  var tables: [DisplayTable] {
    let overview = runs.count > 1 ? [overviewTable] : []
    return overview + runs.map(\.rankingTable) + runs.map(\.thresholdTable)
      + runs.map(\.calibrationTable)
  }

  private var overviewTable: DisplayTable {
    DisplayTable(
      title: "All models: means over labels",
      columns: [
        .words("Model"), .numbers("Images"), .numbers("Labels"), .numbers("Mean AUROC"),
        .numbers("Mean AUPRC"),
      ],
      rows: runs.map { run in
        [
          Cell(run.model), .count(run.n, reason: nil), .count(run.macro.labels.count, reason: nil),
          .estimate(run.macro.auroc), .estimate(run.macro.auprc),
        ]
      },
      notes: Set(runs.map(\.macro.labels)).count > 1
        ? ["The means are over different labels and must not be compared."] : [])
  }
}

extension EvaluationDocument.Run {
  fileprivate var rankingTable: DisplayTable {
    DisplayTable(
      title: "\(model): ranking of radiographs",
      columns: [
        .words("Label"), .numbers("Positives"), .numbers("AUROC"), .numbers("AUPRC"),
      ],
      rows: labels.map { label in
        [
          Cell(label.label), .count(label.positives, reason: nil),
          .estimate(label.auroc, within: label.reason),
          .estimate(label.auprc, within: label.reason),
        ]
      },
      summaryRow: [
        Cell("Mean of \(macro.labels.count)"), Cell(""), .estimate(macro.auroc),
        .estimate(macro.auprc),
      ],
      notes: [
        "\(NumberText.count(n)) images of \(NumberText.count(patients)) patients; 95 % intervals "
          + "in brackets. The mean is over \(macro.labels.count) of \(labels.count) labels "
          + "(policy \(macro.policy))."
      ])
  }

  fileprivate var thresholdTable: DisplayTable {
    DisplayTable(
      title: "\(model): decisions at the threshold",
      columns: [
        .words("Label"), .numbers("Threshold", short: "Thresh."), .numbers("F1"),
        .numbers("Sensitivity", short: "Sens."), .numbers("Specificity", short: "Spec."),
        .numbers("PPV"), .numbers("NPV"), .numbers("MCC"),
      ],
      rows: labels.map { label in
        [
          Cell(label.label), .number(label.threshold, reason: label.reason),
          .number(label.f1, reason: label.reason),
          .estimate(label.sensitivity, within: label.reason),
          .estimate(label.specificity, within: label.reason),
          .estimate(label.ppv, within: label.reason), .estimate(label.npv, within: label.reason),
          .number(label.mcc, reason: label.reason),
        ]
      },
      notes: ["A radiograph is positive when its score is at least the threshold."],
      terminalDetail: .withoutIntervals)
  }

  fileprivate var calibrationTable: DisplayTable {
    DisplayTable(
      title: "\(model): calibration",
      columns: [
        .words("Label"), .numbers("Images"), .numbers("Patients"), .numbers("Brier"),
        .numbers("ECE"), .numbers("Slope"), .numbers("Intercept"),
      ],
      rows: labels.map { label in
        [
          Cell(label.label), .count(label.n, reason: nil), .count(label.patients, reason: nil),
          .number(label.brier, reason: label.reason), .number(label.ece, reason: label.reason),
          .number(label.calibrationSlope, reason: label.reason),
          .number(label.calibrationIntercept, reason: label.reason),
        ]
      },
      notes: [
        "ECE: expected calibration error over 15 bins of equal width. A slope of 1 and an "
          + "intercept of 0 are ideal."
      ])
  }
}
