// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("CurveBands")
struct CurveBandsTests {
  @Test("Reads the curves of the sample off by their definitions")
  func readsCurves() async throws {
    // Thresholds 4, 3 (tied), 2, 1: ROC corners (0, ½), (⅓, 1), (⅔, 1), (1, 1).
    let ranked = try RankedScores(
      scores: [4, 3, 3, 2, 1], labels: [true, true, false, false, false])
    let bootstrap = Bootstrap(
      ResamplingPlan(strata: [[0, 1], [2, 3, 4]], rowCount: 5, resamples: 40, seed: 1))
    let bands = try await bootstrap.curveBands(of: [ranked], gridCount: 7)[0]
    let roc = try bands.roc.get()
    #expect(roc.grid[1] == 1.0 / 6)
    let rates: [Double] = [0.5, 0.75, 1, 1, 1, 1, 1]
    #expect(roc.estimate == rates)
    let precision = try bands.precisionRecall.get()
    let precisions: [Double] = [1, 1, 1, 1, 2 / 3, 2 / 3, 2 / 3]
    #expect(precision.estimate == precisions)
    for point in 0..<7 {
      #expect(roc.lower[point] <= roc.upper[point])
      #expect(precision.lower[point] <= precision.upper[point])
    }
  }

  @Test("Rise from left to right and end at 1", arguments: 1...5 as ClosedRange<UInt64>)
  func rises(seed: UInt64) async throws {
    let ranked = try ResamplingFixture.random(seed, count: 80)
    let bands = try await Bootstrap(ResamplingPlan(rowCount: 80, resamples: 100, seed: seed))
      .curveBands(of: [ranked], threads: 2)[0]
    let roc = try bands.roc.get()
    #expect(roc.estimate.count == 101 && roc.estimate.last == 1)
    #expect(zip(roc.upper, roc.upper.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(zip(roc.lower, roc.lower.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("Say why there is none")
  func sayWhy() async throws {
    let oneClass = try RankedScores(scores: [1, 2], labels: [true, true])
    let bands = try await Bootstrap(ResamplingPlan(rowCount: 2, resamples: 10, seed: 1))
      .curveBands(of: [oneClass])[0]
    #expect(throws: StatisticsError.self) { try bands.roc.get() }
    #expect(try bands.precisionRecall.get().estimate.allSatisfy { $0 == 1 })
  }
}
