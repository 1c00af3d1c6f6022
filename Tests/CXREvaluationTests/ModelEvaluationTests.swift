// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation
import CXRStatistics
import Foundation
import Testing

@Suite("Model evaluation")
struct ModelEvaluationTests {
  let table = MadeUpTable().table
  let provenance = Provenance(
    software: "test", command: "test", seed: 1, dataset: "made up", sources: [], settings: [:])

  func document(_ options: EvaluationOptions) async throws -> EvaluationDocument {
    try await ModelEvaluation(table, options: options).document(provenance: provenance)
  }

  @Test("Each number is that of the statistic it names")
  func numbers() async throws {
    let document = try await document(EvaluationOptions(resampleCount: 40))
    for (run, model) in zip(document.runs, table.models) {
      for (result, label) in zip(run.labels.prefix(2), table.labels) {
        let scores = try #require(model.scores[label.name]).compactMap(\.self)
        let targets = label.states.map { $0 == .positive }
        let matrix = try ConfusionMatrix(
          scores: scores, labels: targets, threshold: try #require(result.threshold))
        #expect(result.auroc.value == (try AUROC(scores: scores, labels: targets).value))
        let precision = try AveragePrecision(scores: scores, labels: targets).value
        // The two sums are made in another order.
        #expect(abs(try #require(result.auprc.value) - precision) < 1e-14)
        #expect(result.f1 == (try matrix.f1))
        #expect(result.sensitivity.value == (try matrix.sensitivity))
        #expect(result.specificity.value == (try matrix.specificity))
        #expect(result.ppv.value == (try matrix.ppv))
        #expect(result.npv.value == (try matrix.npv))
        #expect(result.positives == targets.count { $0 })
        #expect(result.patients == 200)
      }
    }
  }

  @Test("A label that the dataset does not annotate is undefined, with the reason")
  func unannotated() async throws {
    let fracture = try await document(EvaluationOptions(resampleCount: 0)).runs[0].labels[2]
    #expect(fracture.n == 0)
    #expect(fracture.auroc.value == nil)
    #expect(fracture.auroc.reason == "model 0 has no score for Fracture")
  }

  @Test(
    "The policy decides what a mean is over",
    arguments: [
      (MacroPolicy.commonLabels, 2), (.definedLabels, 2), (.requireAll, nil), (.zero, 3),
    ] as [(MacroPolicy, Int?)])
  func macro(_ policy: MacroPolicy, _ divisor: Int?) async throws {
    let run = try await document(
      EvaluationOptions(resampleCount: 0, macroPolicy: policy)
    ).runs[0]
    let sum = run.labels.compactMap(\.auroc.value).reduce(0, +)
    guard let divisor else { return #expect(run.macro.auroc.value == nil) }
    #expect(run.macro.auroc.value == sum / Double(divisor))
    #expect(run.macro.auroc.labelCount == divisor)
  }

  @Test("Intervals hold the estimate, and BCa differs from percentile")
  func intervals() async throws {
    var widths: [Double] = []
    for method in [EvaluationOptions.IntervalMethod.percentile, .bca] {
      let label = try await document(
        EvaluationOptions(resampleCount: 200, intervalMethod: method)
      ).runs[0].labels[0]
      let value = try #require(label.auroc.value)
      let lower = try #require(label.auroc.lower)
      #expect(lower < value)
      #expect(try #require(label.auroc.upper) > value)
      widths.append(lower)
    }
    #expect(widths[0] != widths[1])
  }

  @Test("The same seed gives the same document on any number of threads", arguments: [1, 9])
  func determinism(_ seed: UInt64) async throws {
    let one = try await document(EvaluationOptions(resampleCount: 50, seed: seed, threads: 1))
    let three = try await document(EvaluationOptions(resampleCount: 50, seed: seed, threads: 3))
    #expect(one == three)
    let other = try await document(EvaluationOptions(resampleCount: 50, seed: seed + 1))
    #expect(one != other)
  }

  @Test("An undefined number is null beside a reason")
  func nulls() throws {
    let json = try JSONEncoder().encode(Estimate.undefined("no positives"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(object["value"] is NSNull)
    #expect(object["lower"] is NSNull)
    #expect(object["reason"] as? String == "no positives")
    #expect(try JSONDecoder().decode(Estimate.self, from: json) == .undefined("no positives"))
  }
}
