// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import Testing

@Suite("Thresholds")
struct ThresholdTests {
  @Test("Exact ties of F1 are recognised, and the lowest threshold is taken")
  func recognisesTies() throws {
    let ranked = try RankedScores(
      scores: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2],
      labels: [true, true, false, false, true, false, false, true])
    let best = try MaxF1Threshold(ranked)
    #expect(best.threshold == 0.2)
    #expect(best.highestTiedThreshold == 0.8)
    #expect(best.tiedCount == 3)
    #expect(best.f1 == 2.0 / 3)
    #expect(try best.confusion.f1 == best.f1)
  }

  @Test("No threshold beats the chosen ones", arguments: [UInt64(1), 2, 3])
  func areOptimal(seed: UInt64) throws {
    let table = Simulated(seed: seed, count: 150, levels: 25)
    let ranked = try RankedScores(scores: table.scores[0], labels: table.labels)
    let (f1, youden) = (try MaxF1Threshold(ranked), try YoudenThreshold(ranked))
    for threshold in Set(table.scores[0]) {
      let matrix = ConfusionMatrix(ranked, threshold: threshold)
      #expect(try matrix.f1 <= f1.f1)
      // The rates are rounded, the chosen index is one division.
      #expect(try matrix.sensitivity + matrix.specificity - 1 <= youden.index + 1e-15)
    }
    #expect(ConfusionMatrix(ranked, threshold: f1.threshold) == f1.confusion)
    #expect(ConfusionMatrix(ranked, threshold: youden.threshold) == youden.confusion)
  }

  @Test("The threshold of fixed sensitivity is the highest that reaches it")
  func reachesSensitivity() throws {
    let ranked = try RankedScores(
      scores: [0.9, 0.8, 0.7, 0.6, 0.5, 0.1], labels: [true, true, false, true, true, false])
    #expect(try FixedSensitivityThreshold(ranked, sensitivity: 0.5).threshold == 0.8)
    #expect(try FixedSensitivityThreshold(ranked, sensitivity: 0.51).threshold == 0.6)
    let all = try FixedSensitivityThreshold(ranked, sensitivity: 1)
    #expect(all.threshold == 0.5 && all.sensitivity == 1)
    #expect(all.confusion.falsePositives == 1)
  }

  @Test("Thresholds need the classes they weigh")
  func refuseMissingClasses() throws {
    let noPositives = try RankedScores(scores: [0.1, 0.2], labels: [false, false])
    let noNegatives = try RankedScores(scores: [0.1, 0.2], labels: [true, true])
    #expect(throws: StatisticsError.self) { try MaxF1Threshold(noPositives) }
    #expect(throws: StatisticsError.self) { try YoudenThreshold(noNegatives) }
    #expect(throws: StatisticsError.self) {
      try FixedSensitivityThreshold(noPositives, sensitivity: 0.9)
    }
    let error = #expect(throws: StatisticsError.self) {
      try FixedSensitivityThreshold(noNegatives, sensitivity: 0)
    }
    #expect(error?.code == .invalidArgument)
  }
}
