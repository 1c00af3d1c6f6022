// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Confusion matrix")
struct ConfusionMatrixTests {
  @Test("A score equal to the threshold is called positive, on either route")
  func includesThreshold() throws {
    let (scores, labels) = ([0.2, 0.5, 0.5, 0.9], [false, true, false, true])
    let matrix = try ConfusionMatrix(scores: scores, labels: labels, threshold: 0.5)
    let expected = ConfusionMatrix(
      truePositives: 2, falsePositives: 1, trueNegatives: 1, falseNegatives: 0)
    #expect(matrix == expected)
    let ranked = try RankedScores(scores: scores, labels: labels)
    #expect(ConfusionMatrix(ranked, threshold: 0.5) == expected)
    #expect(ConfusionMatrix(ranked, threshold: .infinity).predictedPositives == 0)
    #expect(ConfusionMatrix(ranked, threshold: -1).predictedNegatives == 0)
  }

  @Test("Rates without a denominator throw and are never 0")
  func undefinedRatesThrow() {
    let nothing = ConfusionMatrix(
      truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
    #expect(throws: StatisticsError.self) { try nothing.accuracy }
    #expect(throws: StatisticsError.self) { try nothing.kappa }
    #expect(throws: StatisticsError.self) { try nothing.predictedPositiveRate }
    let healthy = ConfusionMatrix(
      truePositives: 0, falsePositives: 0, trueNegatives: 5, falseNegatives: 0)
    #expect(throws: StatisticsError.self) { try healthy.sensitivity }
    #expect(throws: StatisticsError.self) { try healthy.fnr }
    #expect(throws: StatisticsError.self) { try healthy.ppv }
    #expect(throws: StatisticsError.self) { try healthy.f1 }
    #expect(throws: StatisticsError.self) { try healthy.mcc }
    #expect(throws: StatisticsError.self) { try healthy.kappa }
    #expect(throws: StatisticsError.self) { try healthy.balancedAccuracy }
    #expect((try? healthy.specificity) == 1)
    #expect((try? healthy.npv) == 1)
    let ill = ConfusionMatrix(
      truePositives: 3, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
    #expect(throws: StatisticsError.self) { try ill.specificity }
    #expect(throws: StatisticsError.self) { try ill.fpr }
    #expect(throws: StatisticsError.self) { try ill.npv }
  }

  @Test("Matthews' correlation survives counts whose product overflows")
  func largeCounts() throws {
    let huge = 3_000_000_000
    let matrix = ConfusionMatrix(
      truePositives: huge, falsePositives: huge, trueNegatives: 3 * huge, falseNegatives: huge)
    // (3 − 1) / √(2 · 4 · 2 · 4); a few roundings.
    #expect(try matrix.mcc.isClose(to: 0.25, absolute: 1e-15))
    #expect(try matrix.kappa.isClose(to: 0.25, absolute: 1e-15))
  }

  @Test("Refuses scores that are not finite")
  func refusesNonFinite() {
    let error = #expect(throws: StatisticsError.self) {
      try ConfusionMatrix(scores: [.nan], labels: [true], threshold: 0)
    }
    #expect(error?.code == .nonFinite)
  }
}
