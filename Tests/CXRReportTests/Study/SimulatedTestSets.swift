// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation
import CXRFairness
import CXRReport
import CXRStatistics

/// A small study with simulated scores: two arms at full size, one at half, on two test sets.
enum SimulatedTestSets {
  static let labels = ["Edema", "No Finding"]

  static var index: StudyIndex {
    var statistics = StudyIndex.Statistics()
    statistics.resamples = 40
    return StudyIndex(
      name: "small", title: "A <small> study & its 100 %", publication: .roentgenV2, labels: labels,
      arms: [
        .init(
          name: "real", strategy: "real-only", label: "Real only", model: "real", realShare: 1,
          seed: 1, publishedAs: "real-only"),
        .init(
          name: "half", strategy: "real-only", label: "Real only", model: "half",
          isHeadline: false, realShare: 0.5),
        .init(
          name: "pretrained", strategy: "pretrained", label: "Synthetic, then real",
          model: "pretrained", realShare: 1, syntheticShare: 1,
          publishedAs: "synthetic-pretrained"),
      ],
      baseArm: "real",
      testSets: [
        .init(
          dataset: "mimic-cxr", label: "MIMIC-CXR", role: .inDistribution, groups: ["sex"],
          publishedAs: "mimic"),
        .init(dataset: "nih", label: "NIH", role: .external, groups: ["sex"], publishedAs: "nih"),
      ], statistics: statistics)
  }

  /// Scores that follow the labels, more closely for later models.
  static func table(seed: UInt64) -> PredictionTable {
    let count = 160
    let draws = RandomStream(seed: seed, purpose: "test.study", index: 0)
    let truth = labels.indices.map { label in
      (0..<count).map { draws.unit(at: 1000 * (label + 1) + $0) < 0.4 }
    }
    let models = ["real", "half", "pretrained"].enumerated().map { model, name in
      let scores = labels.indices.map { label -> [Double?] in
        (0..<count).map { row in
          let noise = draws.unit(at: 10_000 * (model + 1) + 1000 * label + row)
          return 0.15 * Double(model + 1) * (truth[label][row] ? 1 : 0) + 0.5 * noise
        }
      }
      return PredictionTable.Model(
        name: name, scores: Dictionary(uniqueKeysWithValues: zip(labels, scores)),
        thresholds: ["Edema": 0.4, "No Finding": 0.4])
    }
    return PredictionTable(
      patients: (0..<count).map { $0 / 2 },
      sexes: (0..<count).map { $0 / 2 % 3 == 0 ? .female : .male },
      races: Array(repeating: nil, count: count),
      agesYears: Array(repeating: nil, count: count), views: Array(repeating: .pa, count: count),
      labels: zip(labels, truth).map { name, truth in
        .init(name: name, states: truth.map { $0 ? .positive : .negative })
      }, models: models)
  }

  /// The numbers of the study.
  static func results(_ index: StudyIndex = index) async throws -> StudyResults {
    let options = EvaluationOptions(resampleCount: 40, permutationCount: 40)
    var sets: [StudyResults.TestSet] = []
    var samples: [TestSetResamples] = []
    for (position, set) in index.testSets.enumerated() {
      let table = table(seed: UInt64(position + 1))
      let result = try await TestSetEvaluation(
        table, name: set.label, isExternal: set.role == .external, base: "real",
        mainModels: ["real", "pretrained"], groupings: [Subgroups(of: table, by: [.sex])],
        options: options
      ).result(provenance: provenance(set.dataset))
      samples.append(result.resamples)
      sets.append(
        .init(
          set: set, evaluation: result.evaluation, comparisons: result.comparisons,
          audit: result.audit))
    }
    return StudyResults(
      index: index, testSets: sets,
      changes: AggregateChange.changes(
        over: samples, models: ["real", "pretrained"], base: "real", options: options),
      notes: [], adjustment: .holm, provenance: provenance("all"))
  }

  private static func provenance(_ dataset: String) -> Provenance {
    Provenance(
      software: "cxr 0.0.0", command: "cxr report --dataset \(dataset)", seed: 1, dataset: dataset,
      sources: ["real", "half", "pretrained"].map {
        .init(
          role: "predictions of \($0)", file: "\($0).csv",
          sha256: String(repeating: "a", count: 64))
      }, settings: [:])
  }
}
