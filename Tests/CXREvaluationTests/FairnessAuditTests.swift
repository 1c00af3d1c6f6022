// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation
import CXRFairness
import Testing

@Suite("Fairness audit")
struct FairnessAuditTests {
  let table = MadeUpTable().table
  let provenance = Provenance(
    software: "test", command: "test", seed: 1, dataset: "made up", sources: [], settings: [:])

  func document(
    by attributes: [SubgroupAttribute], minimumGroup: Int = 10,
    options: EvaluationOptions = EvaluationOptions(resampleCount: 40, permutationCount: 40)
  ) async throws -> AuditDocument {
    try await FairnessAudit(
      table, groupings: [Subgroups(of: table, by: attributes)], options: options,
      minimumGroup: minimumGroup
    ).document(provenance: provenance)
  }

  @Test("Underdiagnosis is the share of radiographs with a finding that are called free of it")
  func underdiagnosis() async throws {
    let attribute = try #require(try await document(by: [.sex]).attributes.first)
    let model = table.models[0]
    let scores = try #require(model.scores["No Finding"])
    let states = table.labels[1].states
    for (sex, group) in zip([Sex.female, .male], attribute.groups) {
      let ill = (0..<table.rowCount).filter {
        table.sexes[$0] == sex && states[$0] == .negative
      }
      let called = ill.count { (scores[$0] ?? 0) >= 0.4 }
      #expect(group.group == sex.rawValue)
      #expect(group.negatives == ill.count)
      #expect(group.underdiagnosisRate.value == Double(called) / Double(ill.count))
    }
    let gap = try #require(attribute.gaps.first { $0.metric == "underdiagnosisRate" })
    let rates = attribute.groups.compactMap(\.underdiagnosisRate.value)
    #expect(gap.value == (rates.max() ?? 0) - (rates.min() ?? 0))
    #expect(gap.worst == (rates[0] > rates[1] ? "F" : "M"))
    #expect(try #require(gap.nullMean) > 0)
    #expect((0...1).contains(try #require(gap.p)))
  }

  @Test("A group that is too small is listed, but not compared")
  func smallGroups() async throws {
    let document = try await document(by: [.age], minimumGroup: 100)
    let groups = document.attributes[0].groups
    #expect(groups.map(\.group) == ["18-40", "40-60", "60-80", "80+"])
    let oldest = try #require(groups.last)
    #expect(oldest.underdiagnosisRate.value == nil)
    #expect(oldest.reason?.contains("100") == true)
    #expect(document.attributes[0].gaps.allSatisfy { $0.groupCount <= 3 })
    #expect(document.summary.warnings.contains { $0.contains("80+") })
    #expect(document.attributes[0].ungrouped == table.agesYears.count { ($0 ?? 0) < 18 })
  }

  @Test("The difference of two models' gaps is the first minus the second")
  func gapDifferences() async throws {
    let document = try await document(by: [.sex])
    let difference = try #require(
      document.gapDifferences.first { $0.metric == "underdiagnosisRate" })
    let gaps = document.attributes.compactMap { attribute in
      attribute.gaps.first { $0.metric == "underdiagnosisRate" }?.value
    }
    #expect(difference.a == gaps[0])
    #expect(difference.b == gaps[1])
    let value = try #require(difference.difference)
    #expect(abs(value - (gaps[0] - gaps[1])) < 1e-15)
    #expect(try #require(difference.lower) <= value)
    #expect(try #require(difference.upper) >= value)
  }

  @Test("All groups together are reported, and the distance of groups to them")
  func overall() async throws {
    let attribute = try #require(try await document(by: [.sex]).attributes.first)
    let overall = try #require(attribute.overall)
    #expect(overall.n == table.rowCount)
    let rate = try #require(overall.underdiagnosisRate.value)
    let rates = attribute.groups.compactMap(\.underdiagnosisRate.value)
    let gap = try #require(attribute.gaps.first { $0.metric == "underdiagnosisRate" })
    let distance = try #require(gap.differenceToOverall?.value)
    #expect(abs(distance - (rates.map { abs($0 - rate) }.max() ?? 0)) < 1e-15)
    let ratio = try #require(gap.ratioToOverall?.value)
    #expect(abs(ratio - (rates.map { min($0, rate) / max($0, rate) }.min() ?? 0)) < 1e-15)
    #expect(try #require(gap.ratioLower) <= #require(gap.ratio))
  }

  @Test("Without a threshold there is no rate, and the document says what to do")
  func noThreshold() async throws {
    let table = MadeUpTable(thresholds: [:]).table
    let document = try await FairnessAudit(
      table, groupings: [Subgroups(of: table, by: [.sex])],
      options: EvaluationOptions(resampleCount: 0, permutationCount: 0)
    ).document(provenance: provenance)
    #expect(document.attributes[0].groups[0].underdiagnosisRate.value == nil)
    #expect(document.summary.warnings.contains { $0.contains("cxr thresholds") })
  }

  @Test("The same seed gives the same document on any number of threads")
  func determinism() async throws {
    func run(_ threads: Int) async throws -> AuditDocument {
      try await document(
        by: [.sex, .age], minimumGroup: 1,
        options: EvaluationOptions(resampleCount: 24, permutationCount: 24, threads: threads))
    }
    #expect(try await run(1) == run(3))
  }
}
