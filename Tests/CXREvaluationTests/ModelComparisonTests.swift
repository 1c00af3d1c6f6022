// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation
import CXRStatistics
import Testing

@Suite("Model comparison")
struct ModelComparisonTests {
  let provenance = Provenance(
    software: "test", command: "test", seed: 1, dataset: "made up", sources: [], settings: [:])

  func comparisons(
    _ table: PredictionTable, _ options: EvaluationOptions = EvaluationOptions(resampleCount: 60)
  ) async throws -> [ComparisonDocument.Comparison] {
    try await ModelComparison(table, options: options).document(provenance: provenance)
      .comparisons
  }

  @Test("AUROCs are compared by DeLong's test, clustered by patient")
  func deLong() async throws {
    let table = MadeUpTable().table
    let entry = try await comparisons(table)[0]
    let columns = try table.models.map { try #require($0.scores["Edema"]).compactMap(\.self) }
    let reference = try DeLong(
      scores: columns, labels: table.labels[0].states.map { $0 == .positive },
      clusters: table.patients
    ).comparison(of: 0, with: 1)
    #expect(entry.label == "Edema")
    #expect(entry.difference == reference.difference)
    #expect(entry.p == reference.pValue)
    #expect(entry.statistic == reference.statistic)
    #expect(entry.test.contains("clustered"))
    let plain = try await comparisons(
      table, EvaluationOptions(resampleCount: 10, unit: .image))[0]
    #expect(plain.test == "DeLong")
    #expect(plain.p != entry.p)
  }

  @Test("p-values are adjusted by Holm over the labels of one metric")
  func adjustment() async throws {
    let entries = try await comparisons(MadeUpTable().table).filter { $0.metric == "auroc" }
    let labels = entries.filter { $0.label != "macro" }
    #expect(labels.map(\.pAdjusted) == PAdjustment.holm.adjusted(labels.map(\.p)))
    #expect(labels.map(\.label) == ["Edema", "No Finding", "Fracture"])
    #expect(labels[2].reason?.contains("Fracture") == true)
  }

  @Test("A model does not differ from itself")
  func identical() async throws {
    let table = MadeUpTable().table
    let twin = PredictionTable(
      patients: table.patients, sexes: table.sexes, races: table.races,
      agesYears: table.agesYears, views: table.views, labels: table.labels,
      models: ["a", "b"].map { name in
        PredictionTable.Model(
          name: name, scores: table.models[0].scores, thresholds: [:])
      })
    for entry in try await comparisons(twin) where entry.label != "Fracture" {
      #expect(entry.difference == 0)
      #expect(entry.p == 1)
    }
  }

  @Test("A difference without variance is not called alike when there is one")
  func zeroVariance() async throws {
    let truth = (0..<20).map { $0 % 2 == 0 }
    func model(_ name: String, _ score: (Bool) -> Double) -> PredictionTable.Model {
      .init(name: name, scores: ["Edema": truth.map { score($0) }], thresholds: [:])
    }
    let table = PredictionTable(
      patients: Array(0..<20), sexes: Array(repeating: nil, count: 20),
      races: Array(repeating: nil, count: 20), agesYears: Array(repeating: nil, count: 20),
      views: Array(repeating: .pa, count: 20),
      labels: [.init(name: "Edema", states: truth.map { $0 ? .positive : .negative })],
      models: [model("perfect") { $0 ? 0.9 : 0.1 }, model("constant") { _ in 0.5 }])
    let entry = try await comparisons(table)[0]
    #expect(entry.difference == 0.5)
    #expect(entry.p == nil)
    #expect(entry.reason?.contains("alike") == false)
    let run = try await ModelEvaluation(table, options: EvaluationOptions(resampleCount: 50))
      .document(provenance: provenance).runs[0]
    #expect(run.labels[0].auroc.value == 1)
    #expect(run.labels[0].auroc.lower == nil)
    #expect(run.labels[0].auroc.reason?.isEmpty == false)
  }

  @Test("Three models make three pairs, one model none")
  func pairs() async throws {
    let three = MadeUpTable(modelCount: 3).table
    let pairs = Set(
      try await comparisons(three, EvaluationOptions(resampleCount: 0, permutationCount: 0))
        .map { [$0.modelA, $0.modelB] })
    #expect(pairs.count == 3)
    let error = #expect(throws: EvaluationError.self) {
      try ModelComparison(MadeUpTable(modelCount: 1).table, options: EvaluationOptions())
    }
    #expect(error?.code == .insufficient)
  }
}
