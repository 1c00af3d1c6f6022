// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

/// Where each number of a study comes from: one row for each arm on each test set, to which every
/// cell leads.
struct StudyOrigins {
  private let results: StudyResults
  private let sets: [String]
  private let arms: [String: String]

  /// Names the rows.
  init(_ results: StudyResults) {
    self.results = results
    sets = FileName.unique(results.testSets.map(\.set.label))
    arms = Dictionary(
      uniqueKeysWithValues: zip(
        results.index.arms.map(\.model), FileName.unique(results.index.arms.map(\.name))))
  }

  /// The name of the row of an arm on a test set.
  func name(_ model: String, on set: StudyResults.TestSet) -> String {
    let position = results.testSets.firstIndex { $0.set.label == set.set.label } ?? 0
    return "origin-\(sets[position])-\(arms[model] ?? model)"
  }

  /// Where a cell leads.
  func link(_ arm: StudyIndex.Arm, on set: StudyResults.TestSet) -> String {
    "#" + name(arm.model, on: set)
  }

  /// The rows.
  var table: StudyTable {
    let rows = results.testSets.flatMap { set in
      set.evaluation.runs.map { run in (set: set, run: run) }
    }
    return StudyTable(
      .overallAUROC, name: "origins",
      DisplayTable(
        title: "Predictions behind the numbers",
        columns: [
          .words("Test set"), .words("Arm"), .words("Model"), .words("Part"), .numbers("Images"),
          .numbers("Patients"), .words("Thresholds"), .words("Predictions"), .words("SHA-256"),
        ],
        rows: rows.map { set, run in
          var first = Cell(set.set.label)
          first.anchor = name(run.model, on: set)
          return [
            first, Cell(armLabel(run.model)), Cell(run.model), Cell(part(set.set)),
            .count(run.n, reason: nil), .count(run.patients, reason: nil),
            Cell(thresholds(run.model, set)), Cell(source(run.model, set)?.file ?? "unknown"),
            Cell(String((source(run.model, set)?.sha256 ?? "").prefix(12))),
          ]
        },
        notes: [
          "tables/origins.csv has the whole digests and, for each row, the command that computes it "
            + "again."
        ]),
      header: [
        "origin", "test set", "dataset", "part", "arm", "model", "images", "patients", "thresholds",
        "predictions", "sha256", "command",
      ],
      rows: rows.map { set, run in
        [
          name(run.model, on: set), set.set.label, set.set.dataset, part(set.set),
          results.index.arms.first { $0.model == run.model }?.name ?? "", run.model,
          CSVField.count(run.n), CSVField.count(run.patients), thresholds(run.model, set),
          source(run.model, set)?.file ?? "", source(run.model, set)?.sha256 ?? "",
          set.evaluation.provenance.command,
        ]
      })
  }

  private func armLabel(_ model: String) -> String {
    results.index.arms.first { $0.model == model }.map { arm in
      arm.isHeadline ? arm.label : "\(arm.label) (\(arm.name))"
    } ?? model
  }

  private func part(_ set: StudyIndex.TestSet) -> String {
    let split = set.split.flatMap { split in set.part.map { "\(split):\($0)" } } ?? "all"
    return split + (set.view.map { ", \($0.rawValue)" } ?? "")
  }

  private func thresholds(_ model: String, _ set: StudyResults.TestSet) -> String {
    if let threshold = results.index.statistics.threshold { return "\(threshold) for all" }
    return set.evaluation.provenance.settings["thresholds of \(model)"] ?? "none"
  }

  private func source(
    _ model: String, _ set: StudyResults.TestSet
  ) -> CXREvaluation.Provenance.Source? {
    set.evaluation.provenance.sources.first { $0.role == "predictions of \(model)" }
  }
}
