// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation
internal import CXRStatistics

extension StudyTables {
  /// A metric of one label.
  private struct LabelMetric {
    let key: String
    let title: String
    let value: KeyPath<EvaluationDocument.Label, Estimate>
  }

  private static var labelMetrics: [LabelMetric] {
    [
      .init(key: "auroc", title: "AUROC", value: \.auroc),
      .init(key: "auprc", title: "AUPRC", value: \.auprc),
    ]
  }

  /// AUROC and average precision of each label, a table for each test set and metric.
  var diseases: [StudyTable] {
    let names = FileName.unique(results.testSets.map(\.set.label))
    return zip(results.testSets, names).flatMap { set, name in
      Self.labelMetrics.map { table(of: set, name: name, metric: $0) }
    }
  }

  private func table(
    of set: StudyResults.TestSet, name: String, metric: LabelMetric
  ) -> StudyTable {
    let labels = set.evaluation.runs.first?.labels.map(\.label) ?? []
    let display = DisplayTable(
      title: "\(set.set.label): \(metric.title) of each disease",
      columns: [.words("Disease"), .numbers("Positives")]
        + results.arms.map { .numbers($0.label) },
      rows: labels.map { label in
        let entries = results.arms.map { arm in
          set.run(arm)?.labels.first { $0.label == label }
        }
        let positives = entries.compactMap(\.self).first?.positives
        return [Cell(label), .count(positives, reason: nil)]
          + zip(results.arms, entries).map { arm, entry in
            guard let entry else { return Cell("n/a", reason: "no predictions") }
            let cell = Cell.estimate(entry[keyPath: metric.value], within: entry.reason)
            let comparison = set.comparison(arm, metric.key, label: label)
            let stars = Significance.stars(
              comparison?.pAdjusted, effect: comparison?.difference, lower: comparison?.lower,
              upper: comparison?.upper)
            return Cell(
              cell.text + stars, interval: cell.interval, reason: cell.reason,
              link: origins.link(arm, on: set))
          }
      },
      notes: [
        "95 % intervals in brackets. Stars: difference from \(results.base.label), p adjusted over "
          + "the diseases of a strategy. \(Significance.legend)."
      ])
    return StudyTable(
      .diseases, name: "diseases-\(metric.key)-\(name)", display,
      header: [
        "test set", "arm", "label", "radiographs", "positives", metric.key, "lower", "upper", "p",
        "adjusted p", "origin", "reason",
      ],
      rows: labels.flatMap { label in
        results.arms.compactMap { arm -> [String]? in
          guard let entry = set.run(arm)?.labels.first(where: { $0.label == label }) else {
            return nil
          }
          let estimate = entry[keyPath: metric.value]
          let comparison = set.comparison(arm, metric.key, label: label)
          return [
            set.set.label, arm.name, label, CSVField.count(entry.n),
            CSVField.count(entry.positives),
          ] + CSVField.estimate(estimate)
            + [
              CSVField.number(comparison?.p), CSVField.number(comparison?.pAdjusted),
              origins.name(arm.model, on: set),
              CSVField.reasons(
                estimate.reason, estimate.value == nil ? entry.reason : nil),
            ]
        }
      })
  }

  /// Means of every arm, whatever its size and seed.
  var sizes: [StudyTable] {
    guard
      StudyPart.realSizes.missingReason(results.index, material) == nil
        || StudyPart.syntheticSizes.missingReason(results.index, material) == nil
    else { return [] }
    let entries = results.index.arms.flatMap { arm in
      results.testSets.compactMap { set in set.run(arm).map { (arm: arm, set: set, run: $0) } }
    }
    func share(_ value: Double?) -> Cell {
      Cell(value.map { "\(Self.shortest(100 * $0)) %" } ?? "")
    }
    let amounts: [(column: DisplayTable.Column, cell: (StudyIndex.Arm) -> Cell)] = [
      (.numbers("Real"), { share($0.realShare) }),
      (.numbers("Real images"), { self.count($0.realCount) }),
      (.numbers("Synthetic"), { share($0.syntheticShare) }),
      (.numbers("Synthetic images"), { self.count($0.syntheticCount) }),
      (.numbers("Seed"), { Cell($0.seed.map { "\($0)" } ?? "") }),
    ].filter { _, cell in
      // Where images are counted in shares, the only counts that are known are zeros.
      results.index.arms.contains { !["", "0"].contains(cell($0).text) }
    }
    let display = DisplayTable(
      title: "Means by the amount of training data",
      columns: [.words("Strategy")] + amounts.map(\.column)
        + results.testSets.map { .numbers("\($0.set.label) AUROC") },
      rows: results.index.arms.map { arm in
        let main = results.arms.first { $0.strategy == arm.strategy }
        return [Cell(main?.label ?? arm.strategy)] + amounts.map { $0.cell(arm) }
          + results.testSets.map { set in
            guard let run = set.run(arm) else { return Cell("n/a", reason: "no predictions") }
            return .estimate(run.macro.auroc).linked(to: origins.link(arm, on: set))
          }
      })
    let part: StudyPart =
      StudyPart.realSizes.missingReason(results.index, material) == nil
      ? .realSizes : .syntheticSizes
    return [
      StudyTable(
        part, name: "sizes", display,
        header: [
          "arm", "strategy", "real share", "real images", "synthetic share", "synthetic images",
          "seed", "test set", "auroc", "auroc lower", "auroc upper", "auprc", "auprc lower",
          "auprc upper", "origin",
        ],
        rows: entries.map { entry in
          [
            entry.arm.name, entry.arm.strategy, CSVField.number(entry.arm.realShare),
            CSVField.count(entry.arm.realCount), CSVField.number(entry.arm.syntheticShare),
            CSVField.count(entry.arm.syntheticCount), entry.arm.seed.map { "\($0)" } ?? "",
            entry.set.set.label,
          ] + CSVField.estimate(entry.run.macro.auroc) + CSVField.estimate(entry.run.macro.auprc)
            + [origins.name(entry.arm.model, on: entry.set)]
        })
    ]
  }

  private func count(_ value: Int?) -> Cell { value.map { .count($0, reason: nil) } ?? Cell("") }

  /// A number without needless decimals.
  static func shortest(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\((value * 10).rounded() / 10)"
  }

  /// The spread over the seeds of arms that differ in nothing else.
  var seeds: [StudyTable] {
    let groups = results.index.arms.map(\.replicateKey).distinct.map { key in
      results.index.arms.filter { $0.replicateKey == key }
    }.filter { $0.count > 1 }
    let entries = groups.flatMap { arms in
      results.testSets.compactMap { set -> (StudyIndex.Arm, StudyResults.TestSet, SeedSummary)? in
        let values = arms.compactMap { set.run($0)?.macro.auroc.value }
        guard values.count > 1, let summary = try? SeedSummary(values) else { return nil }
        return (arms[0], set, summary)
      }
    }
    guard !entries.isEmpty else { return [] }
    return [
      StudyTable(
        .seeds,
        DisplayTable(
          title: "Mean AUROC over training seeds",
          columns: [
            .words("Strategy"), .words("Test set"), .numbers("Seeds"), .numbers("Mean"),
            .numbers("SD"), .numbers("Smallest"), .numbers("Largest"),
          ],
          rows: entries.map { arm, set, summary in
            [
              Cell(arm.label), Cell(set.set.label), .count(summary.count, reason: nil),
              .estimate(
                summary.mean, summary.interval?.lower, summary.interval?.upper, reason: nil
              ).linked(to: origins.link(arm, on: set)),
              .number(summary.standardDeviation, reason: nil),
              .number(summary.minimum, reason: nil), .number(summary.maximum, reason: nil),
            ]
          },
          notes: [
            "Intervals: Student's t over seeds. They hold what training varies by; the intervals of "
              + "other tables hold what the choice of patients varies by."
          ]),
        header: [
          "arm", "test set", "seeds", "mean", "lower", "upper", "standard deviation", "minimum",
          "maximum",
        ],
        rows: entries.map { arm, set, summary in
          [
            arm.name, set.set.label, CSVField.count(summary.count), CSVField.number(summary.mean),
            CSVField.number(summary.interval?.lower), CSVField.number(summary.interval?.upper),
            CSVField.number(summary.standardDeviation), CSVField.number(summary.minimum),
            CSVField.number(summary.maximum),
          ]
        })
    ]
  }
}
