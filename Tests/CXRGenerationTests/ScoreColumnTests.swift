// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRGeneration
import CXRStatistics
import Testing

@Suite("Scores of a checkpoint")
struct ScoreColumnTests {
  private static func target(
    _ sex: Sex?, _ race: Race?, _ age: Double?, edema: LabelState, noFinding: LabelState = .negative
  ) -> ScoreTarget {
    var states = FindingStates(allAre: .negative)
    (states[.edema], states[.noFinding]) = (edema, noFinding)
    return ScoreTarget(sex: sex, race: race, ageYears: age, findings: states)
  }

  private let targets = [
    target(.male, .white, 50, edema: .positive), target(.female, .hispanic, 60, edema: .negative),
    target(.female, .asian, nil, edema: .uncertain), target(nil, .black, 40, edema: .positive),
    target(.male, .black, 30, edema: .unmentioned),
  ]
  private let aspects: [JudgedAspect] = [
    .sex, .race([.asian, .black, .white]), .ageYears, .finding(.edema),
  ]
  private let estimates: [[QualityEstimate]] = [
    [
      .sex([.male: 0.9, .female: 0.1]), .race([.asian: 0, .black: 0.2, .white: 0.8]),
      .ageYears(53), .finding(0.9),
    ],
    [
      .sex([.male: 0.6, .female: 0.4]), .race([.asian: 0, .black: 0.2, .white: 0.8]),
      .ageYears(56), .finding(0.4),
    ],
    [
      .sex([.male: 0.3, .female: 0.7]), .race([.asian: 0.1, .black: 0.2, .white: 0.7]),
      .ageYears(99), .finding(0.99),
    ],
    [
      .sex([.male: 0.3, .female: 0.7]), .race([.asian: 0.1, .black: 0.7, .white: 0.2]),
      .ageYears(40), .finding(0.3),
    ],
    [
      .sex([.male: 0.8, .female: 0.2]), .race([.asian: 0.1, .black: 0.7, .white: 0.2]),
      .ageYears(25), .finding(0.1),
    ],
  ]

  private func score(
    _ policy: LabelPolicy, resamples: Int = 0
  ) async throws -> CheckpointScore {
    let columns = ScoreColumn.alignment(
      of: estimates, told: aspects, targets: targets, findings: [.edema, .fracture],
      policy: policy)
    return try await CheckpointScore(
      "c", columns: columns, averaging: [.auroc(of: "Edema")],
      plan: ResamplingPlan(rowCount: 5, resamples: resamples, seed: 1))
  }

  @Test("Counts what a prompt states and a model can tell, and nothing else")
  func values() async throws {
    let score = try await score(.uIgnore)
    // Positives 0.9 and 0.3; negatives 0.4 and, not mentioned, 0.1; the uncertain one is left out.
    #expect(score[.auroc(of: "Edema")] == 0.75 && score[.meanAUROC] == 0.75)
    // One prompt states no sex; the second is taken for a man.
    #expect(score[.sexAccuracy] == 0.75)
    // The model has no class for the second; the third is taken for white.
    #expect(score[.raceAccuracy] == 0.75)
    // Errors 3, −4, 0 and −5.
    #expect(score[.ageRMSE] == 12.5.squareRoot())
    #expect(score[.auroc(of: "Fracture")] == nil)
    #expect(score.reasons["AUROC Fracture"] == "no model tells it")
    #expect(score.intervals.isEmpty && score.imageCount == 5)
  }

  @Test("A policy decides over the labels, and one class says which is missing")
  func policy() async throws {
    let explicit = try await score(LabelPolicy("explicit-only"))
    #expect(explicit[.auroc(of: "Edema")] == 0.5)
    let columns = ScoreColumn.alignment(
      of: [estimates[0]], told: aspects, targets: [targets[0]], findings: [.edema],
      policy: .uIgnore)
    #expect(columns[0].values == .undefined("no image is labelled negative"))
    let none = ScoreColumn.alignment(
      of: [], told: aspects, targets: [], findings: [.edema], policy: .uIgnore)
    #expect(none.allSatisfy { !$0.isDefined })
  }

  @Test("Intervals come from the draws; too few images have none, and say so")
  func intervals() async throws {
    let small = try await score(.uIgnore, resamples: 200)
    #expect(small.intervals["AUROC Edema"] == nil)
    #expect(small.reasons["AUROC Edema"]?.hasPrefix("no interval: ") == true)
    let numbers = (0..<200).map { Double($0 % 10) }
    let plan = ResamplingPlan(patients: (0..<200).map { $0 / 2 }, resamples: 500, seed: 3)
    let score = try await CheckpointScore(
      "c",
      columns: [
        ScoreColumn(.pairedCosine, .mean(numbers), rows: Array(0..<200)),
        ScoreColumn(.ageRMSE, .rootMeanSquare(numbers), rows: Array(0..<200)),
        ScoreColumn(.fid, .whole(12)),
      ], averaging: [], plan: plan)
    let interval = try #require(score.intervals[ScoreMeasure.pairedCosine.name])
    #expect(score[.pairedCosine] == 4.5 && interval.lower < 4.5 && interval.upper > 4.5)
    #expect(interval.upper - interval.lower < 1.6)
    #expect(score[.ageRMSE] == 28.5.squareRoot())
    #expect(score[.fid] == 12 && score.intervals["FID"] == nil && score.reasons["FID"] == nil)
    #expect(score.reasons[ScoreMeasure.meanAUROC.name]?.contains("no finding") == true)
  }

  @Test("Of an aspect that is told twice the first counts")
  func firstModel() {
    let column = ScoreColumn.alignment(
      of: [[.finding(0.1), .finding(0.9)], [.finding(0.2), .finding(0.8)]],
      told: [.finding(.edema), .finding(.edema)], targets: [targets[0], targets[1]],
      findings: [.edema], policy: .uIgnore)[0]
    #expect(column.values == .ranking(scores: [0.1, 0.2], labels: [true, false]))
  }
}
