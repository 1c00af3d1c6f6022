// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFairness
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("GapAnalysis")
struct GapAnalysisTests {
  /// Eight rows, four patients, two groups; one label that is No Finding, threshold 0.5.
  ///
  /// Group F: positives 0.9, 0.2; negatives 0.6, 0.1. Group M: positives 0.8, 0.7; negatives 0.3,
  /// 0.4.
  private static func sample() throws -> FairnessSample {
    let ranked = try RankedScores(
      scores: [0.9, 0.2, 0.6, 0.1, 0.8, 0.7, 0.3, 0.4],
      labels: [true, true, false, false, true, true, false, false])
    return FairnessSample(
      labels: ["No Finding"], noFinding: 0,
      models: [.init(name: "model", rankings: [ranked], thresholds: [0.5])],
      patients: [0, 0, 1, 1, 2, 2, 3, 3])
  }

  private static let groups = Subgroups(
    attribute: "sex", names: ["F", "M"], codes: [0, 0, 0, 0, 1, 1, 1, 1])

  @Test("Computes every gap by its definition")
  func computesGaps() async throws {
    let report = try await GapAnalysis(
      Self.sample(), plan: ResamplingPlan(rowCount: 8, resamples: 0, seed: 1),
      rule: .commonLabels
    ).report(by: Self.groups)
    let gaps = report.models[0].gaps
    func gap(_ metric: GapMetric) throws -> Gap {
      try #require(gaps.first { $0.metric == metric })
    }
    #expect(try gap(.macroAUROC).difference.value == 0.25)
    #expect(try gap(.macroAUROC).best == "M")
    #expect(try gap(.macroAUROC).labels == ["No Finding"])
    #expect(try gap(.underdiagnosisRate).difference.value == 0.5)
    #expect(try gap(.underdiagnosisRate).worst == "F")
    #expect(try gap(.underdiagnosisRate).best == "M")
    #expect(try gap(.underdiagnosisRate).ratio.value == 0)
    #expect(try gap(.overdiagnosisRate).difference.value == 0.5)
    #expect(try gap(.truePositiveRate(label: 0)).ratio.value == 0.5)
    #expect(try gap(.truePositiveRate(label: 0)).differenceToOverall.value == 0.25)
    #expect(try gap(.equalizedOdds(label: 0)).difference.value == 0.5)
    #expect(try gap(.selectionRate(label: 0)).difference.value == 0)
    #expect(report.models[0].overall.rowCount == 8)
    #expect(report.models[0].groups.map(\.patientCount) == [2, 2])
    #expect(report.differences.isEmpty)
  }

  @Test("Leaves small cells out and says so")
  func leavesSmallCellsOut() async throws {
    let report = try await GapAnalysis(
      Self.sample(), plan: ResamplingPlan(rowCount: 8, resamples: 20, seed: 1)
    ).report(by: Self.groups)
    #expect(report.groups.isEmpty && report.labels.isEmpty)
    for gap in report.models[0].gaps {
      #expect(gap.difference.value == nil && gap.difference.reason != nil)
      #expect(gap.best == nil && gap.chance == nil)
    }
    let group = report.models[0].groups[0]
    #expect(group.macroAUROC.value == nil && group.macroAUROC.reason != nil)
    // The group's own numbers are still there.
    #expect(group.labels[0].auroc.value == 0.75 && !group.labels[0].isLargeEnough)
  }

  @Test("Gives reasons for groups without a class and labels without a threshold")
  func givesReasons() async throws {
    let ranked = try RankedScores(
      scores: [0.9, 0.2, 0.6, 0.1], labels: [true, true, false, true])
    let sample = FairnessSample(
      labels: ["Edema"], noFinding: nil,
      models: [.init(name: "model", rankings: [ranked], thresholds: [nil])],
      patients: [0, 1, 2, 3])
    let report = try await GapAnalysis(
      sample, plan: ResamplingPlan(rowCount: 4, resamples: 0, seed: 1), rule: .commonLabels
    ).report(by: Subgroups(attribute: "sex", names: ["F", "M"], codes: [0, 0, 1, -1]))
    let groups = report.models[0].groups
    #expect(groups[0].labels[0].auroc.reason == "There is no negative radiograph.")
    #expect(groups[1].labels[0].averagePrecision.reason == "There is no positive radiograph.")
    #expect(groups[0].labels[0].truePositiveRate.reason == "The label has no threshold.")
    #expect(groups[0].underdiagnosisRate.reason == "No Finding is not among the labels.")
    #expect(report.ungroupedCount == 1)
    #expect(report.models[0].overall.rowCount == 3)
    #expect(report.models[0].gaps.map(\.metric) == [.macroAUROC, .auroc(label: 0)])
  }

  @Test("Gives the same bits on any number of threads and counts its progress")
  func doesNotDependOnThreads() async throws {
    let analysis = GapAnalysis(
      try Self.sample(),
      plan: ResamplingPlan(patients: [0, 0, 1, 1, 2, 2, 3, 3], resamples: 60, seed: 3),
      permutations: 30, rule: .definedLabels)
    let one = try await analysis.report(by: Self.groups, threads: 1)
    let two = try await analysis.report(by: Self.groups, threads: 2)
    for (first, second) in zip(one.models[0].gaps, two.models[0].gaps) {
      #expect(first.difference == second.difference)
      #expect(first.chance == second.chance)
    }
  }

  @Test("Finds no surprise when groups do not matter")
  func findsNoSurpriseByChance() async throws {
    let count = 600
    let stream = RandomStream(seed: 5, index: 0)
    let labels = (0..<count).map { stream.coin(at: $0) }
    let ranked = try RankedScores(
      scores: (0..<count).map { stream.unit(at: count + $0) + (labels[$0] ? 0.4 : 0) },
      labels: labels)
    let sample = FairnessSample(
      labels: ["Edema"], noFinding: nil,
      models: [.init(name: "model", rankings: [ranked], thresholds: [nil])],
      patients: Array(0..<count))
    let groups = Subgroups(
      attribute: "random", names: ["0", "1", "2", "3"],
      codes: (0..<count).map { stream.index(at: 2 * count + $0, below: 4) })
    let report = try await GapAnalysis(
      sample, plan: ResamplingPlan(rowCount: count, resamples: 100, seed: 1)
    ).report(by: groups)
    let gap = try #require(report.models[0].gaps.first)
    let (value, chance) = (try #require(gap.difference.value), try #require(gap.chance))
    // The gap is positive, the percentile interval cannot hold 0, and chance explains it.
    #expect(value > 0 && chance.range.lower <= value && value <= chance.range.upper)
    #expect(try #require(gap.difference.interval).lower > 0)
    #expect(chance.p > 0.05)
  }
}
