// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation

extension OverviewDocument {
  /// The tables of an overview: `macro`, `comparison` and `gaps`, with a column for the test set.
  var dataTables: [DataTable] {
    [
      DataTable(
        name: "macro",
        header: [
          "test set", "model", "images", "patients", "metric", "value", "lower", "upper",
          "label count", "labels", "reason",
        ],
        rows: testSets.flatMap { set in
          set.runs.flatMap { run in
            [("auroc", run.macro.auroc), ("auprc", run.macro.auprc)].map { metric, estimate in
              [set.dataset, run.model, "\(run.n)", "\(run.patients)", metric]
                + CSVField.estimate(estimate) + [
                  "\(run.macro.labels.count)", run.macro.labels.joined(separator: "; "),
                  CSVField.reasons(estimate.reason),
                ]
            }
          }
        }),
      DataTable(
        name: "comparison",
        header: [
          "test set", "model A", "model B", "metric", "A", "B", "difference", "lower", "upper",
          "test", "p", "adjusted p", "reason",
        ],
        rows: testSets.flatMap { set in
          set.comparisons.map { row in
            [set.dataset, row.modelA, row.modelB, row.metric]
              + [row.a, row.b, row.difference, row.lower, row.upper].map(CSVField.number)
              + [row.test, CSVField.number(row.p), CSVField.number(row.pAdjusted)]
              + [CSVField.reasons(row.reason)]
          }
        }),
      DataTable(
        name: "gaps",
        header: [
          "test set", "model", "attribute", "metric", "gap", "lower", "upper", "chance mean",
          "chance lower", "chance upper", "p", "reason",
        ],
        rows: testSets.flatMap { set in
          set.gaps.map { row in
            let gap = row.gap
            return [set.dataset, row.model, row.attribute, gap.metric]
              + [
                gap.value, gap.lower, gap.upper, gap.nullMean, gap.nullLower, gap.nullUpper, gap.p,
              ].map(CSVField.number) + [CSVField.reasons(gap.reason)]
          }
        }),
    ]
  }
}
