// SPDX-License-Identifier: Apache-2.0
import CXRFairness
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("GapAnalysis against goldens", .enabled(if: Shared.isPresent))
struct GapAnalysisGoldenTests {
  private static let rules: [CellRule] = [.standard, .commonLabels, .definedLabels]

  @Test(
    "Gives the golden intervals and gaps by chance",
    arguments: [
      ("sex_race", ResamplingPlan.Unit.patient, CellRule.commonLabels),
      ("sex_race", .image, .definedLabels), ("sex_age", .patient, .standard),
    ])
  func resamples(key: String, unit: ResamplingPlan.Unit, rule: CellRule) async throws {
    let fixture = try FairnessFixture("pred_n200")
    let golden = try Golden.json("golden_gap_n200.json")["results"][key]
    let report = try await GapAnalysis(
      fixture.sample, plan: fixture.plan(unit, resamples: 500), rule: rule
    ).report(by: fixture.subgroups(key), threads: 2)
    for model in report.models {
      for (metric, name) in Self.metrics(rule) {
        let gap = try #require(model.gaps.first { $0.metric == metric })
        let goldenKey = "\(name)|\(model.model)"
        try Self.expect(gap.difference, golden["bootstrap_\(unit.rawValue)"][goldenKey])
        guard let chance = gap.chance else {
          #expect(gap.difference.value == nil)
          continue
        }
        let expected = try golden["group_permutation"][goldenKey]
        #expect(try chance.p.isClose(to: expected["p"].number, absolute: 1e-15))
        #expect(try chance.definedCount == expected["chance_gap"]["n_defined"].integer)
        #expect(try chance.mean.isClose(to: expected["chance_gap"]["mean"].number, absolute: 1e-12))
        let ends = try ["q025", "q975"].map { try expected["chance_gap"][$0].number }
        #expect(chance.range.lower.isClose(to: ends[0], absolute: 1e-12))
        #expect(chance.range.upper.isClose(to: ends[1], absolute: 1e-12))
      }
    }
    for (metric, name) in Self.metrics(rule) {
      let difference = try #require(report.differences.first { $0.metric == metric })
      #expect(difference.first == "a" && difference.second == "b")
      try Self.expect(
        difference.difference, golden["bootstrap_\(unit.rawValue)"]["\(name)|b_minus_a"])
    }
  }

  /// The golden has no underdiagnosis gap for the rule of common labels.
  private static func metrics(_ rule: CellRule) -> [(GapMetric, String)] {
    let macro = (GapMetric.macroAUROC, rule.goldenKey)
    switch rule {
    case .minimum: return [macro, (.underdiagnosisRate, "fpr_mincell10")]
    case .definedLabels: return [macro, (.underdiagnosisRate, "fpr_all_groups")]
    case .commonLabels: return [macro]
    }
  }

  private static func expect(_ estimate: Estimate, _ expected: GoldenJSON) throws {
    guard let interval = estimate.interval else {
      // More than 5 % of 500 resamples undefined: refused, with a reason.
      #expect(try expected["n_defined"].integer < 475)
      #expect(estimate.reason != nil)
      return
    }
    #expect(try interval.lower.isClose(to: expected["q025"].number, absolute: 1e-12))
    #expect(try interval.upper.isClose(to: expected["q975"].number, absolute: 1e-12))
    #expect(
      try (estimate.bootstrapMean ?? .nan).isClose(to: expected["mean"].number, absolute: 1e-12))
  }

  @Test(
    "Chooses the golden groups and labels and gives the golden gaps",
    arguments: ["n200", "n5000"], ["sex_race", "sex_age"])
  func chooses(size: String, key: String) async throws {
    let fixture = try FairnessFixture("pred_\(size)")
    let golden = try Golden.json("golden_gap_\(size).json")["results"][key]
    for rule in Self.rules {
      let report = try await GapAnalysis(
        fixture.sample, plan: fixture.plan(.image, resamples: 0), rule: rule
      ).report(by: fixture.subgroups(key))
      let sets = try golden["sets"][rule.goldenKey]
      #expect(try report.groups == sets["groups"].list.map { try $0.text })
      #expect(try report.labels == sets["labels"].list.map { try $0.text })
      for model in report.models {
        for (metric, name) in Self.metrics(rule) {
          let gap = try #require(model.gaps.first { $0.metric == metric })
          let expected = try golden["estimate"]["\(name)|\(model.model)"].number
          #expect((gap.difference.value ?? .nan).isClose(to: expected, absolute: 1e-12))
          #expect(gap.difference.interval == nil && gap.chance == nil)
        }
      }
    }
  }

  @Test(
    "Agrees with Fairlearn by group",
    arguments: ["n200", "n5000"], ["sex_race", "sex_age"])
  func agreesWithFairlearn(size: String, key: String) async throws {
    let fixture = try FairnessFixture("pred_\(size)")
    let golden = try Golden.json("golden_fairlearn_pred_\(size).json")["results"][key]
    let report = try await GapAnalysis(
      fixture.sample, plan: fixture.plan(.image, resamples: 0), rule: .definedLabels
    ).report(by: fixture.subgroups(key))
    for model in report.models {
      let thresholded = try golden[model.model]["no_finding_thresholded"]
      let ranking = try golden[model.model]["no_finding_ranking"]
      for group in model.groups {
        let name = try #require(group.group)
        let label = group.labels[7]
        let expected = try thresholded["by_group"][name]
        let rates: [(Estimate, String, Int)] = [
          (group.underdiagnosisRate, "fpr", label.negatives),
          (group.overdiagnosisRate, "fnr", label.positives),
          (label.truePositiveRate, "tpr", label.positives),
          (label.selectionRate, "selection_rate", group.rowCount),
        ]
        for (rate, key, denominator) in rates {
          // Fairlearn says 0 for a rate without denominator; ours is undefined and says why.
          if denominator == 0 {
            #expect(try expected[key].number == 0)
            #expect(rate.value == nil && rate.reason != nil)
          } else {
            #expect(
              try (rate.value ?? .nan).isClose(to: expected[key].number, absolute: 1e-14))
          }
        }
        if label.positives > 0, label.negatives > 0 {
          let scores = try ranking["by_group"][name]
          #expect(
            try (label.auroc.value ?? .nan).isClose(to: scores["auroc"].number, absolute: 1e-14))
          #expect(
            try (label.averagePrecision.value ?? .nan).isClose(
              to: scores["ap"].number, absolute: 1e-14))
        }
      }
      guard model.groups.allSatisfy({ $0.labels[7].positives > 0 && $0.labels[7].negatives > 0 })
      else { continue }
      let gaps: [(GapMetric, String)] = [
        (.underdiagnosisRate, "fpr"), (.overdiagnosisRate, "fnr"),
        (.truePositiveRate(label: 7), "tpr"), (.selectionRate(label: 7), "selection_rate"),
      ]
      for (metric, key) in gaps {
        let gap = try #require(model.gaps.first { $0.metric == metric })
        let pairs = [
          (gap.difference, "difference_between_groups"),
          (gap.differenceToOverall, "difference_to_overall"), (gap.ratio, "ratio_between_groups"),
        ]
        for (estimate, name) in pairs {
          #expect(
            try (estimate.value ?? .nan).isClose(
              to: thresholded[name][key].number, absolute: 1e-14))
        }
      }
      let odds = try #require(
        model.gaps.first { $0.metric == .equalizedOdds(label: 7) }?.difference.value)
      let differences = try ["tpr", "fpr"].map {
        try thresholded["difference_between_groups"][$0].number
      }
      #expect(odds.isClose(to: max(differences[0], differences[1]), absolute: 1e-14))
    }
  }
}
