// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("PairedPermutationTest")
struct PairedPermutationTestTests {
  @Test("Agrees with scikit-learn swap by swap", .enabled(if: Shared.isPresent))
  func agreesWithScikitLearn() async throws {
    let fixture = try ResamplingFixture("pred_n200")
    let golden = try Golden.json("golden_permutation_n200.json")
    let pairs = Array(zip(fixture.a, fixture.b)).map { (first: $0, second: $1) }
    let byImage = try await PairedPermutationTest(fixture.plan(.image, resamples: 1000))
      .run(pairs, threads: 2)
    let byPatient = try await PairedPermutationTest(fixture.plan(.patient, resamples: 1000))
      .run(pairs, threads: 2)
    for (label, name) in Golden.labels.enumerated() {
      let expected = try golden["per_label"][name]
      try Self.expect(byImage.averagePrecision.labels[label].get(), expected["rank"])
      try Self.expect(byPatient.averagePrecision.labels[label].get(), expected["rank_patient"])
      try Self.expect(byImage.auroc.labels[label].get(), expected["rank_auroc"])
    }
    let macro = try byImage.averagePrecision.macro.get()
    let expected = try golden["macro"]["rank"]
    #expect(try macro.exceedanceCount == expected["exceed"].integer)
    #expect(
      try macro.difference.isClose(to: expected["difference_a_minus_b"].number, absolute: 1e-12))
    for (value, golden) in zip(macro.nullValues, try expected["null_first"].numbers) {
      #expect(value.isClose(to: golden, absolute: 1e-12))
    }
    #expect(byImage.averagePrecision.macroLabelCount == 8)
  }

  private static func expect(_ result: PermutationResult, _ expected: GoldenJSON) throws {
    #expect(
      try result.difference.isClose(to: expected["difference_a_minus_b"].number, absolute: 1e-12))
    #expect(try result.exceedanceCount == expected["exceed"].integer)
    #expect(try result.p.isClose(to: expected["p"].number, absolute: 1e-15))
    #expect(
      try result.nullStandardDeviation.isClose(to: expected["null_sd"].number, absolute: 1e-12))
    #expect(try result.nullMean.isClose(to: expected["null_mean"].number, absolute: 1e-12))
    for (value, golden) in zip(result.nullValues, try expected["null_first"].numbers) {
      #expect(value.isClose(to: golden, absolute: 1e-12))
    }
    let interval = try #require(result.monteCarloInterval)
    let share = Double(result.exceedanceCount) / Double(result.permutationCount)
    #expect(interval.lower <= share && share <= interval.upper)
  }

  @Test("Counts every assignment when there are few", .enabled(if: Shared.isPresent))
  func enumeratesExactly() async throws {
    let cases = try Golden.json("golden_permutation_exact.json")["cases"]
    for key in try cases.keys {
      let golden = try cases[key]
      let labels = try golden["y"].integers.map { $0 == 1 }
      let first = try RankedScores(scores: golden["a"].numbers, labels: labels)
      let second = try RankedScores(scores: golden["b"].numbers, labels: labels)
      let results = try await PairedPermutationTest(ResamplingPlan(rowCount: labels.count, seed: 1))
        .run([(first, second)])
      let pairs = [("rank_ap", results.averagePrecision), ("rank_auroc", results.auroc)]
      for (name, family) in pairs {
        let result = try family.labels[0].get()
        #expect(result.isExact && result.monteCarloInterval == nil)
        #expect(try result.exceedanceCount == golden[name]["count"].integer)
        #expect(try result.permutationCount == golden[name]["total"].integer)
        #expect(try result.p == golden[name]["p_absolute"].number)
      }
    }
  }

  @Test("Gives identical models p 1 and says that it is degenerate")
  func identicalModels() async throws {
    let ranked = try ResamplingFixture.random(2, count: 40)
    let results = try await PairedPermutationTest(
      ResamplingPlan(rowCount: 40, resamples: 50, seed: 3)
    ).run([(ranked, ranked)])
    let result = try results.averagePrecision.labels[0].get()
    #expect(result.p == 1 && result.difference == 0 && result.isDegenerate)
    #expect(results.averagePrecision.maxTAdjusted == [1])
  }

  @Test("Adjusts a family by its largest difference, never below the single p")
  func adjustsByMaxT() async throws {
    let pairs = try (0..<5).map { seed in
      (first: try ResamplingFixture.shared(seed, 0), second: try ResamplingFixture.shared(seed, 1))
    }
    let plan = ResamplingPlan(rowCount: 60, resamples: 200, seed: 4)
    let family = try await PairedPermutationTest(plan).run(pairs).auroc
    for (label, adjusted) in zip(family.labels, family.maxTAdjusted) {
      let p = try label.get().p
      #expect(try #require(adjusted) >= p)
      #expect(try #require(adjusted) <= min(1, 5 * p) + 0.1)
    }
    let alone = try await PairedPermutationTest(plan).run([pairs[0]]).auroc
    #expect(try alone.maxTAdjusted == [alone.labels[0].get().p])
  }

  @Test("Says why a pair has no result and leaves it out of the mean")
  func namesUndefinedPairs() async throws {
    let good = (
      first: try ResamplingFixture.shared(1, 0), second: try ResamplingFixture.shared(1, 1)
    )
    let oneClass = try RankedScores(scores: [1, 2, 3], labels: [false, false, false])
    let shifted = try RankedScores(
      scores: [1, 2, 3], labels: [true, false, false], rows: [4, 5, 6])
    let other = try RankedScores(
      scores: [1, 2, 3], labels: [true, false, false], rows: [4, 5, 7])
    let results = try await PairedPermutationTest(
      ResamplingPlan(rowCount: 60, resamples: 20, seed: 3)
    ).run([good, (oneClass, oneClass), (shifted, other)])
    let codes = results.auroc.labels.map { label -> StatisticsError.Code? in
      if case .failure(let error) = label { error.code } else { nil }
    }
    #expect(codes == [nil, .noPositives, .invalidArgument])
    #expect(results.auroc.maxTAdjusted.map { $0 == nil } == [false, true, true])
    #expect(try results.auroc.macro.get().difference == results.auroc.labels[0].get().difference)
    #expect(results.auroc.macroLabelCount == 1)
  }

  @Test("Gives the same bits on any number of threads")
  func doesNotDependOnThreads() async throws {
    let pair = (
      first: try ResamplingFixture.shared(9, 0), second: try ResamplingFixture.shared(9, 1)
    )
    let test = PairedPermutationTest(ResamplingPlan(rowCount: 60, resamples: 77, seed: 3))
    let one = try await test.run([pair], threads: 1).averagePrecision.labels[0].get()
    let two = try await test.run([pair], threads: 2).averagePrecision.labels[0].get()
    #expect(one.nullValues.map(\.bitPattern) == two.nullValues.map(\.bitPattern))
    #expect(one.nullValues.count == 77)
  }
}
