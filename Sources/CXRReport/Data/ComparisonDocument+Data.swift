// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation

extension ComparisonDocument {
  /// The table of a comparison: `comparison`.
  var dataTables: [DataTable] {
    [
      DataTable(
        name: "comparison",
        header: [
          "model A", "model B", "metric", "label", "A", "B", "difference", "lower", "upper",
          "test", "statistic", "p", "adjusted p", "max-T p", "reason",
        ],
        rows: comparisons.map { row in
          [row.modelA, row.modelB, row.metric, row.label]
            + [row.a, row.b, row.difference, row.lower, row.upper].map(CSVField.number)
            + [row.test] + [row.statistic, row.p, row.pAdjusted, row.pMaxT].map(CSVField.number)
            + [CSVField.reasons(row.reason)]
        })
    ]
  }
}
