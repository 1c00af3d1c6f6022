// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  @Test("Draws what the portable generator draws", .enabled(if: Shared.isPresent))
  func agreesWithGenerator() throws {
    let golden = try Golden.json("golden_rng.json")
    let (first, eighth) = (
      RandomStream(seed: 20_250_611, index: 0), RandomStream(seed: 20_250_611, index: 7)
    )
    #expect(
      try golden["u64_b0"].list.map { try $0.text } == (0..<5).map { "\(first.word(at: $0))" })
    #expect(
      try golden["u64_b7"].list.map { try $0.text } == (0..<5).map { "\(eighth.word(at: $0))" })
    let draws = try golden["indices_b0_n200"].integers
    #expect(draws == draws.indices.map { first.index(at: $0, below: 200) })
  }

  @Test(
    "Agrees with scikit-learn resample by resample", .enabled(if: Shared.isPresent),
    arguments: ResamplingPlan.Unit.allCases, ["n200", "n5000"])
  func agreesWithScikitLearn(unit: ResamplingPlan.Unit, size: String) async throws {
    let fixture = try ResamplingFixture("pred_\(size)")
    let golden = try Golden.json("golden_bootstrap_\(unit.rawValue)_\(size).json")["results"]
    // The large golden keeps its first 20 resamples; its quantiles need all and are left out.
    let resamples = size == "n200" ? 1000 : 20
    let resampled = try await Bootstrap(fixture.plan(unit, resamples: resamples)).distributions(
      of: fixture.a + fixture.b, threads: 2)
    for (label, name) in Golden.labels.enumerated() {
      for (model, key) in ["a", "b"].enumerated() {
        let index = model * Golden.labels.count + label
        let pairs = [
          ("auroc", resampled.auroc[index]), ("ap", resampled.averagePrecision[index]),
        ]
        for (statistic, distribution) in pairs {
          let expected = try golden[key][name][statistic]
          try Self.expect(distribution, expected, isWhole: resamples == 1000)
        }
      }
      let difference = resampled.auroc[8 + label] - resampled.auroc[label]
      try Self.expect(
        difference, golden["difference_b_minus_a"][name]["auroc"], isWhole: resamples == 1000)
    }
  }

  private static func expect(
    _ distribution: ResampledDistribution, _ expected: GoldenJSON, isWhole: Bool
  ) throws {
    // Tolerance of the goldens' README: the sums of average precision round differently.
    let first = try expected["first"].numbers
    #expect(distribution.values.count == first.count)
    for (value, golden) in zip(distribution.values, first) {
      #expect(value.isClose(to: golden, absolute: 1e-12))
    }
    #expect(
      try (distribution.estimate ?? .nan).isClose(
        to: expected["estimate"].number, absolute: 1e-12))
    guard isWhole else { return }
    #expect(try distribution.definedValues.count == expected["n_defined"].integer)
    let quantiles = Quantile.linear(distribution.definedValues, at: [0.025, 0.5, 0.975])
    for (value, key) in zip(quantiles, ["q025", "median", "q975"]) {
      #expect(try value.isClose(to: expected[key].number, absolute: 1e-12))
    }
  }

  @Test("Draws positives, then negatives, in strata", .enabled(if: Shared.isPresent))
  func agreesWithStratifiedGolden() async throws {
    let fixture = try ResamplingFixture("pred_n200")
    let golden = try Golden.json("golden_bootstrap_stratified_n200.json")["results"]
    for (label, name) in Golden.labels.enumerated() {
      let rows = Array(0..<fixture.rowCount)
      let plan = ResamplingPlan(
        strata: [
          rows.filter { fixture.labels[label][$0] }, rows.filter { !fixture.labels[label][$0] },
        ],
        rowCount: fixture.rowCount, resamples: 1000, seed: ResamplingFixture.seed)
      let resampled = try await Bootstrap(plan).distributions(of: [fixture.a[label]])
      let pairs = [("auroc", resampled.auroc[0]), ("ap", resampled.averagePrecision[0])]
      for (statistic, distribution) in pairs {
        let expected = try golden[name][statistic]
        #expect(distribution.undefinedCount == 0)
        for (value, golden) in zip(distribution.values, try expected["first"].numbers) {
          #expect(value.isClose(to: golden, absolute: 1e-12))
        }
        let interval = try BootstrapInterval(distribution)
        #expect(try interval.interval.lower.isClose(to: expected["q025"].number, absolute: 1e-12))
        #expect(try interval.interval.upper.isClose(to: expected["q975"].number, absolute: 1e-12))
        #expect(try interval.standardError.isClose(to: expected["sd"].number, absolute: 1e-12))
      }
    }
  }

  @Test("Equals brute force on the expanded resample", arguments: 1...12 as ClosedRange<UInt64>)
  func equalsBruteForce(seed: UInt64) async throws {
    let count = 30
    let ranked = try ResamplingFixture.random(seed, count: count)
    let plan = ResamplingPlan(rowCount: count, resamples: 11, seed: seed)
    let resampled = try await Bootstrap(plan).distributions(of: [ranked])
    var byRow = [(score: Double, isPositive: Bool)](repeating: (0, false), count: count)
    for (position, row) in ranked.rows.enumerated() {
      byRow[Int(row)] = (ranked.scores[position], ranked.isPositive[position])
    }
    for resample in 0..<11 {
      let stream = RandomStream(seed: seed, index: resample)
      let drawn = (0..<count).map { byRow[stream.index(at: $0, below: count)] }
      #expect(
        resampled.auroc[0].values[resample].isClose(
          to: BruteForce.auroc(drawn), absolute: 1e-15))
      #expect(
        resampled.averagePrecision[0].values[resample].isClose(
          to: BruteForce.averagePrecision(drawn), absolute: 1e-14))
    }
  }

  @Test("Counts confusion cells by weight")
  func countsConfusionCells() async throws {
    let ranked = try ResamplingFixture.random(3, count: 40)
    let plan = ResamplingPlan(rowCount: 40, resamples: 9, seed: 5)
    let resampled = try await Bootstrap(plan).distributions(
      of: [], decisions: [BinaryDecisions(ranked, threshold: 3)])
    let confusion = resampled.confusions[0]
    for resample in 0..<9 {
      let stream = RandomStream(seed: 5, index: resample)
      var counts = [Int](repeating: 0, count: 40)
      for draw in 0..<40 { counts[stream.index(at: draw, below: 40)] += 1 }
      var cells = [0, 0]
      for (position, row) in ranked.rows.enumerated() where !ranked.isPositive[position] {
        cells[ranked.scores[position] >= 3 ? 0 : 1] += counts[Int(row)]
      }
      #expect(confusion.falsePositives.values[resample] == Double(cells[0]))
      #expect(
        confusion.falsePositiveRate.values[resample] == Double(cells[0])
          / Double(cells[0] + cells[1])
      )
    }
  }

  @Test("Gives the same bits on any number of threads")
  func doesNotDependOnThreads() async throws {
    let ranked = try ResamplingFixture.random(8, count: 60)
    let plan = ResamplingPlan(patients: (0..<60).map { $0 / 3 }, resamples: 101, seed: 1)
    let one = try await Bootstrap(plan).distributions(of: [ranked], threads: 1)
    let two = try await Bootstrap(plan).distributions(of: [ranked], threads: 2)
    #expect(one.auroc[0].values.map(\.bitPattern) == two.auroc[0].values.map(\.bitPattern))
    #expect(
      one.averagePrecision[0].values.map(\.bitPattern)
        == two.averagePrecision[0].values.map(\.bitPattern))
    #expect(one.auroc[0].values.count == 101)
  }

  @Test("Leaves resamples without a class undefined")
  func leavesOneClassUndefined() async throws {
    let ranked = try RankedScores(scores: [3, 2, 1], labels: [true, false, false])
    let resampled = try await Bootstrap(ResamplingPlan(rowCount: 3, resamples: 400, seed: 2))
      .distributions(of: [ranked])
    // (2/3)³ = 30 % of the resamples miss the only positive.
    #expect((90...150).contains(resampled.averagePrecision[0].undefinedCount))
    let error = #expect(throws: StatisticsError.self) {
      try BootstrapInterval(resampled.averagePrecision[0])
    }
    #expect(error?.code == .tooManyUndefined)
  }

  @Test("Stops when its task is cancelled")
  func stopsWhenCancelled() async throws {
    let ranked = try ResamplingFixture.random(4, count: 30)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await Bootstrap(ResamplingPlan(rowCount: 30, seed: 1)).distributions(of: [ranked])
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("Reports progress up to the number of resamples")
  func reportsProgress() async throws {
    let ranked = try ResamplingFixture.random(4, count: 30)
    let finished = FinishedCounts()
    _ = try await Bootstrap(ResamplingPlan(rowCount: 30, resamples: 20, seed: 1)).distributions(
      of: [ranked], progress: { finished.append($0) })
    #expect(finished.values == [8, 16, 20])
  }
}
