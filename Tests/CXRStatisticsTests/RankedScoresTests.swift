// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import Testing

@Suite("Ranked scores")
struct RankedScoresTests {
  @Test(
    "Sort by descending score, positives first, lower rows first, in both sorting regimes",
    arguments: [1, 7, 999, 1000, 3001], [UInt64(1), 2])
  func sorts(count: Int, seed: UInt64) throws {
    let stream = RandomStream(seed: seed, index: 0)
    let scores = (0..<count).map {
      (stream.unit(at: $0) - 0.5) * (stream.coin(at: $0) ? 1e-9 : 1e9)
    }
    .enumerated().map { $0.offset % 3 == 0 ? ($0.element * 1e-8).rounded() : $0.element }
    let labels = (0..<count).map { stream.coin(at: count + $0) }
    let ranked = try RankedScores(scores: scores, labels: labels)
    let expected = scores.indices.sorted { a, b in
      if scores[a] != scores[b] { return scores[a] > scores[b] }
      if labels[a] != labels[b] { return labels[a] }
      return a < b
    }
    #expect(ranked.rows.map { Int($0) } == expected)
    #expect(ranked.scores == expected.map { scores[$0] })
    #expect(ranked.isPositive == expected.map { labels[$0] })
    #expect(ranked.tieEnds.count == Set(scores).count)
    #expect(ranked.tieEnds.last == count)
    #expect(
      ranked.tieEnds.dropLast().allSatisfy { ranked.scores[$0 - 1] > ranked.scores[$0] })
  }

  @Test("Sort the same rows whatever order they are given in")
  func sortsUnorderedRows() throws {
    let table = Simulated(seed: 5, count: 1500)
    let rows = (0..<1500).map { ($0 * 7) % 1500 }
    let straight = try RankedScores(scores: table.scores[0], labels: table.labels)
    let shuffled = try RankedScores(
      scores: rows.map { table.scores[0][$0] }, labels: rows.map { table.labels[$0] }, rows: rows)
    #expect(shuffled.rows == straight.rows)
    #expect(shuffled.isPositive == straight.isPositive)
    #expect(shuffled.tieEnds == straight.tieEnds)
  }

  @Test("Hold negative zero equal to zero, and adjacent doubles apart")
  func comparesAsGiven() throws {
    let ranked = try RankedScores(
      scores: [-0.0, 0.0, 0.5, 0.5.nextUp, .leastNonzeroMagnitude],
      labels: [false, true, false, false, false])
    #expect(ranked.rows == [3, 2, 4, 1, 0])
    #expect(ranked.tieEnds == [1, 2, 3, 5])
  }

  @Test("Refuse scores that are not finite, naming the row", arguments: [.nan, Double.infinity])
  func refusesNonFinite(score: Double) {
    let error = #expect(throws: StatisticsError.self) {
      try RankedScores(scores: [0.1, score], labels: [true, false], rows: [10, 77])
    }
    #expect(error?.code == .nonFinite)
    #expect(error?.message.contains("row 77") == true)
  }
}
