// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension OverviewDocument {
  /// The models in the order asked for.
  var models: [String] { testSets.flatMap(\.runs).map(\.model).distinct }

  /// The tables: test sets, means of each model, differences and gaps.
  ///
  /// - Parameter links: The page of each test set.
  /// - Returns: The tables in reading order.
  func tables(links: [String]) -> [DisplayTable] {
    [testSetTable(links)]
      + [
        meanTable("Mean AUROC", \.auroc), meanTable("Mean AUPRC", \.auprc),
      ] + ["auroc", "auprc"].flatMap(differenceTables) + gapTables
  }

  private func testSetTable(_ links: [String]) -> DisplayTable {
    DisplayTable(
      title: "Test sets",
      columns: [
        .words("Test set"), .numbers("Images"), .numbers("Patients"), .numbers("Labels"),
        .words("Labels in the means"),
      ],
      rows: testSets.enumerated().map { index, set in
        let run = set.runs.first
        return [
          Cell(set.dataset, link: links[index]), .count(run?.n, reason: nil),
          .count(run?.patients, reason: nil), .count(run?.macro.labels.count, reason: nil),
          Cell(run?.macro.labels.joined(separator: ", ") ?? ""),
        ]
      })
  }

  private func meanTable(
    _ title: String, _ metric: KeyPath<EvaluationDocument.Macro, Estimate>
  ) -> DisplayTable {
    DisplayTable(
      title: "\(title) on each test set",
      columns: [.words("Model")] + testSets.map { .numbers($0.dataset) },
      rows: models.map { model in
        [Cell(model)]
          + testSets.map { set in
            set.runs.first { $0.model == model }.map { .estimate($0.macro[keyPath: metric]) }
              ?? Cell("n/a", reason: "no predictions")
          }
      },
      notes: ["95 % intervals in brackets. The means of a column are over the same labels."])
  }

  /// The differences of a metric, then their p-values.
  private func differenceTables(_ metric: String) -> [DisplayTable] {
    let pairs = testSets.flatMap(\.comparisons).map(\.pair).distinct
    guard !pairs.isEmpty else { return [] }
    let name = MetricName(key: metric).title
    let rows = pairs.map { pair in
      testSets.map { set in set.comparisons.first { $0.pair == pair && $0.metric == metric } }
    }
    let tests = rows.joined().compactMap { $0?.test }.distinct
    let titles = pairs.map { Cell("\($0[0]) \u{2212} \($0[1])") }
    let columns = [DisplayTable.Column.words("Models")] + testSets.map { .numbers($0.dataset) }
    return [
      DisplayTable(
        title: "Differences in mean \(name)", columns: columns,
        rows: zip(titles, rows).map { title, row in
          [title]
            + row.map { entry in
              .difference(entry?.difference, entry?.lower, entry?.upper, reason: entry?.reason)
            }
        },
        notes: ["95 % intervals in brackets; the p-values are in the next table."]),
      DisplayTable(
        title: "Differences in mean \(name): adjusted p", columns: columns,
        rows: zip(titles, rows).map { title, row in
          [title]
            + row.map { entry in
              let stars = Significance.stars(
                entry?.pAdjusted, effect: entry?.difference, lower: entry?.lower,
                upper: entry?.upper)
              let p = Cell.probability(entry?.pAdjusted, reason: entry?.reason)
              return Cell(p.text + (stars.isEmpty ? "" : " " + stars), reason: p.reason)
            }
        },
        notes: [
          "Test: \(tests.joined(separator: "; ")); adjusted over all pairs and test sets of the "
            + "table. \(Significance.legend)."
        ]),
    ]
  }

  private var gapTables: [DisplayTable] {
    ["auroc", "underdiagnosisRate"].flatMap { metric in
      testSets.flatMap(\.gaps).map(\.attribute).distinct.map { attribute in
        DisplayTable(
          title: "Gap between groups by \(attribute): "
            + (metric == "auroc" ? "mean AUROC" : "underdiagnosis rate"),
          columns: [.words("Model")] + testSets.map { .numbers($0.dataset) },
          rows: models.map { model in
            [Cell(model)]
              + testSets.map { set in
                guard let gap = set.gap(metric, of: attribute, model: model) else {
                  return Cell("n/a", reason: "the attribute is not recorded")
                }
                return .estimate(gap.value, gap.lower, gap.upper, reason: gap.reason)
              }
          },
          notes: [
            "The largest minus the smallest value over the groups, with 95 % intervals; a gap is "
              + "positive by chance, see the figure."
          ])
      }
    }
  }
}

extension OverviewDocument.TestSet {
  /// The gap of a metric of a model between the groups of an attribute.
  func gap(_ metric: String, of attribute: String, model: String) -> AuditDocument.Gap? {
    gaps.first { $0.attribute == attribute && $0.model == model && $0.gap.metric == metric }?.gap
  }
}

extension ComparisonDocument.Comparison {
  fileprivate var pair: [String] { [modelA, modelB] }
}
