// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("SeedSummary")
struct SeedSummaryTests {
  @Test("Gives Student's interval")
  func givesStudentInterval() throws {
    let summary = try SeedSummary([1, 2, 3])
    #expect(summary.mean == 2 && summary.standardDeviation == 1)
    #expect(summary.minimum == 1 && summary.maximum == 3)
    // With 2 degrees of freedom the quantile of p is (2p − 1) √(2 / (4p (1 − p))).
    let quantile = 0.95 * (2 / (4 * 0.975 * 0.025)).squareRoot()
    let half = quantile / 3.0.squareRoot()
    let interval = try #require(summary.interval)
    #expect(interval.lower.isClose(to: 2 - half, absolute: 1e-11))
    #expect(interval.upper.isClose(to: 2 + half, absolute: 1e-11))
  }

  @Test("Has no spread with one seed and no value with none")
  func needsSeeds() throws {
    let one = try SeedSummary([0.5])
    #expect(one.mean == 0.5 && one.standardDeviation == nil && one.interval == nil)
    #expect(throws: StatisticsError.self) { try SeedSummary([]) }
    #expect(throws: StatisticsError.self) { try SeedSummary([.nan, 1]) }
  }
}
