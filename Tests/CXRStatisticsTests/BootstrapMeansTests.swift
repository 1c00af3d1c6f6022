// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import Testing

@Suite("Bootstrap of means")
struct BootstrapMeansTests {
  private let plan = ResamplingPlan(
    patients: (0..<60).map { $0 / 3 }, resamples: 101, seed: 9)

  /// What fraction of rows reaches a threshold is also a sum of confusion counts.
  @Test("Agrees with confusion counts on every resample", arguments: [1, 2])
  func agreesWithDecisions(threads: Int) async throws {
    let scores = (0..<60).map { Double($0 * 7 % 60) / 60 }
    let ranked = try RankedScores(scores: scores, labels: scores.indices.map { $0 % 2 == 0 })
    let bootstrap = Bootstrap(plan)
    let confusions = try await bootstrap.distributions(
      of: [], decisions: [BinaryDecisions(ranked, threshold: 0.4)]
    ).confusions[0]
    let means = try await bootstrap.means(
      of: [.init(scores.map { $0 >= 0.4 ? 1 : 0 }, rows: Array(scores.indices))],
      threads: threads)
    let expected = confusions.selectionRate.values
    #expect(means[0].values.count == 101 && Set(means[0].values).count > 10)
    #expect(zip(means[0].values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(means[0].estimate == 0.6)
  }

  @Test("A mean without rows is undefined, and one with few is so on some resamples")
  func undefined() async throws {
    let means = try await Bootstrap(plan).means(
      of: [.init([], rows: []), .init([3.5], rows: [17])])
    #expect(means[0].estimate == nil && means[0].undefinedCount == 101)
    #expect(means[1].estimate == 3.5 && (1..<101).contains(means[1].undefinedCount))
    #expect(means[1].definedValues.allSatisfy { $0 == 3.5 })
  }
}
