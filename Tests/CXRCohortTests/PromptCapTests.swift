// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import Testing

@Suite("Caps of prompts")
struct PromptCapTests {
  private func prompts(
    cap: PromptCap?, seed: UInt64 = 1, balanced: Bool = true
  ) async throws -> PromptBuilder.Prompts {
    var plan = PromptPlan(name: "p", source: RadiographSource(dataset: "made-up"))
    plan.template = "{age} {sex} {race}"
    if balanced { plan.demographics = .everyone }
    plan.cap = cap
    plan.seed = seed
    return try await PromptBuilder(plan: plan, tokenizer: nil)
      .prompts(from: MadeUpRadiographs.candidates(400), threads: 2)
  }

  @Test("No cell has more than the cap, and none that had as many has fewer", arguments: 1...6)
  func limit(_ seed: UInt64) async throws {
    let attributes: [PromptCap.Attribute] = [.sex, .race]
    let all = try await prompts(cap: nil, seed: seed, balanced: false)
    let capped = try await prompts(
      cap: PromptCap(count: 40, attributes: attributes), seed: seed, balanced: false)
    func counts(_ prompts: [PromptRecord]) -> [String: Int] {
      Dictionary(grouping: prompts) { "\($0.sex?.rawValue ?? "")\($0.race?.rawValue ?? "")" }
        .mapValues(\.count)
    }
    #expect(counts(capped.set.prompts) == counts(all.set.prompts).mapValues { min($0, 40) })
    let left = capped.report.flow.first { $0.name == "prompts left out: cell is full" }
    #expect(left?.count == all.set.prompts.count - capped.set.prompts.count)
  }

  @Test("Prompts count in the cell of every positive finding")
  func findings() async throws {
    let capped = try await prompts(cap: PromptCap(count: 80, attributes: [.finding]))
    #expect(capped.report.findings.allSatisfy { $0.count <= 80 })
    #expect(capped.report.findings.contains { $0.count == 80 })
  }

  @Test("Under a cap by demographics, radiographs keep all variations or none")
  func wholeRadiographs() async throws {
    let capped = try await prompts(cap: PromptCap(count: 25, attributes: [.sex, .race]))
    let groups = Dictionary(grouping: capped.set.prompts, by: \.radiographID)
    #expect(groups.count == 25 && groups.values.allSatisfy { $0.count == 8 })
    let other = try await prompts(cap: PromptCap(count: 25, attributes: [.sex, .race]), seed: 2)
    #expect(Set(other.set.prompts.map(\.radiographID)) != Set(groups.keys))
  }
}
