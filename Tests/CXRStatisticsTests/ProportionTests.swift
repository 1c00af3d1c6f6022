// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Proportions")
struct ProportionTests {
  @Test("Intervals agree with statsmodels", .enabled(if: Shared.isPresent))
  func intervalsAgree() throws {
    let golden = try Golden.json("golden_proportions.json")
    for row in try golden["one_sample_95"].list {
      let proportion = try Proportion(successes: row["k"].integer, of: row["n"].integer)
      try expectClose(proportion.wilson(), row["wilson"])
      try expectClose(proportion.clopperPearson(), row["beta"])
    }
    for row in try golden["difference_two_independent_95"].list {
      let first = try Proportion(successes: row["k1"].integer, of: row["n1"].integer)
      let second = try Proportion(successes: row["k2"].integer, of: row["n2"].integer)
      try expectClose(first.newcombeDifference(from: second), row["newcomb"])
    }
  }

  @Test("McNemar agrees with statsmodels where both are defined", .enabled(if: Shared.isPresent))
  func mcNemarAgrees() throws {
    for row in try Golden.json("golden_proportions.json")["mcnemar"].list {
      let test = McNemarTest(
        onlyFirst: try row["table"][0][1].integer, onlySecond: try row["table"][1][0].integer)
      #expect(test.exactPValue.isClose(to: try row["exact_p"].number, absolute: 1e-12))
      guard test.onlyFirst + test.onlySecond > 0 else { continue }
      let plain = try test.chiSquare
      #expect(plain.statistic.isClose(to: try row["chi2"].number, absolute: 1e-12))
      #expect(plain.pValue.isClose(to: try row["chi2_p"].number, absolute: 1e-12))
      let corrected = try test.correctedChiSquare
      #expect(corrected.statistic.isClose(to: try row["chi2_corrected"].number, absolute: 1e-12))
      #expect(corrected.pValue.isClose(to: try row["chi2_corrected_p"].number, absolute: 1e-12))
    }
  }

  @Test("Models that never disagree have an exact p-value of 1 and no chi-square")
  func neverDisagree() {
    let test = McNemarTest(onlyFirst: 0, onlySecond: 0)
    #expect(test.exactPValue == 1)
    #expect(throws: StatisticsError.self) { try test.chiSquare }
    #expect(throws: StatisticsError.self) { try test.correctedChiSquare }
  }

  @Test("Intervals mirror when successes and failures trade places", arguments: [0, 1, 7, 20])
  func intervalsMirror(successes: Int) throws {
    let hits = try Proportion(successes: successes, of: 20)
    let misses = try Proportion(successes: 20 - successes, of: 20)
    for (a, b) in [
      (hits.wilson(confidence: 0.9), misses.wilson(confidence: 0.9)),
      (hits.clopperPearson(confidence: 0.9), misses.clopperPearson(confidence: 0.9)),
    ] {
      #expect(a.lower.isClose(to: 1 - b.upper, absolute: 1e-14))
      #expect(a.upper.isClose(to: 1 - b.lower, absolute: 1e-14))
      #expect(a.lower <= hits.value && hits.value <= a.upper)
    }
    let (narrow, wide) = (hits.wilson(), hits.clopperPearson())
    #expect(wide.upper - wide.lower > narrow.upper - narrow.lower)
  }

  @Test("Copies of an outcome within a patient count once", arguments: [2, 5])
  func copiesCountOnce(copies: Int) throws {
    let outcomes = [true, false, false, true, false, false, false, true, false, false]
    let single = try Proportion.designEffect(outcomes: outcomes, clusters: Array(0..<10))
    // With one radiograph per patient only the division by n − 1 is left.
    #expect(single.isClose(to: 10.0 / 9, absolute: 1e-14))
    let copied = try Proportion.designEffect(
      outcomes: (0..<10 * copies).map { outcomes[$0 / copies] },
      clusters: (0..<10 * copies).map { 3 * ($0 / copies) })
    #expect(copied.isClose(to: Double(copies) * single, absolute: 1e-13))
    let (once, often) = (
      try Proportion(successes: 3, of: 10), try Proportion(successes: 3 * copies, of: 10 * copies)
    )
    let widened = often.wilson(designEffect: Double(copies))
    #expect(widened.lower.isClose(to: once.wilson().lower, absolute: 1e-14))
    #expect(widened.upper.isClose(to: once.wilson().upper, absolute: 1e-14))
    let error = #expect(throws: StatisticsError.self) {
      try Proportion.designEffect(outcomes: [true, true], clusters: [0, 1])
    }
    #expect(error?.code == .zeroVariance)
  }

  @Test("A share of nothing is undefined")
  func refusesEmpty() {
    let error = #expect(throws: StatisticsError.self) { try Proportion(successes: 0, of: 0) }
    #expect(error?.code == .empty)
  }

  private func expectClose(_ interval: Interval, _ golden: GoldenJSON) throws {
    #expect(interval.lower.isClose(to: try golden[0].number, absolute: 1e-12))
    #expect(interval.upper.isClose(to: try golden[1].number, absolute: 1e-12))
  }
}
