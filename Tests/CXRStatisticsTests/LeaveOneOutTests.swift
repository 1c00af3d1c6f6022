// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("LeaveOneOut")
struct LeaveOneOutTests {
  @Test("Equals brute force, ties included", arguments: 1...8 as ClosedRange<UInt64>)
  func equalsBruteForce(seed: UInt64) throws {
    let ranked = try ResamplingFixture.random(seed, count: 25)
    let rows = ranked.rows.indices.map { (ranked.scores[$0], ranked.isPositive[$0]) }
    let auroc = try LeaveOneOut(.auroc, of: ranked).values
    let precision = try LeaveOneOut(.averagePrecision, of: ranked).values
    for position in rows.indices {
      var rest = rows.map { (score: $0.0, isPositive: $0.1) }
      rest.remove(at: position)
      #expect(auroc[position].isClose(to: BruteForce.auroc(rest), absolute: 1e-15))
      #expect(precision[position].isClose(to: BruteForce.averagePrecision(rest), absolute: 1e-14))
    }
  }

  @Test("Sums influences per patient")
  func sumsPerPatient() throws {
    let ranked = try ResamplingFixture.random(5, count: 25)
    let leftOut = try LeaveOneOut(.auroc, of: ranked)
    #expect(
      leftOut.acceleration(patients: Array(0..<25)).isClose(
        to: leftOut.acceleration(), absolute: 1e-15))
    // With everybody in one patient the influences cancel, up to rounding.
    #expect(leftOut.acceleration(patients: (0..<25).map { $0 / 5 }) != leftOut.acceleration())
  }

  @Test("Needs two of each class it counts")
  func needsTwoOfEach() throws {
    let one = try RankedScores(scores: [3, 2, 1], labels: [true, false, false])
    let error = #expect(throws: StatisticsError.self) { try LeaveOneOut(.auroc, of: one) }
    #expect(error?.code == .noPositives)
    let other = try RankedScores(scores: [3, 2, 1], labels: [true, true, false])
    #expect(throws: StatisticsError.self) { try LeaveOneOut(.auroc, of: other) }
    #expect(throws: Never.self) { try LeaveOneOut(.averagePrecision, of: other) }
  }
}
