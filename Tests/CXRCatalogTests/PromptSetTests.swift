// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@Suite("Prompt sets in the catalog")
struct PromptSetTests {
  let catalog: Catalog

  init() throws { catalog = try CatalogFixture.catalog() }

  private func set(digest: String = "1", count: Int = 2) throws -> PromptSetContent {
    let ids = try catalog.radiographIDs(dataset: "tiny")
    let prompts = (0..<count).map { number in
      PromptRecord(
        radiographID: ids["a.png"] ?? 0, variation: number, sex: .male, race: nil, ageYears: 40,
        impression: "Clear.", text: "40 year old male. Clear.", tokenCount: number == 0 ? 9 : nil,
        shortening: number == 0 ? "none" : "extractive/1 cut",
        removedText: number == 0 ? "" : "end: lungs")
    }
    return PromptSetContent(
      name: "p", template: "{age}", optionsJSON: "{}", contentDigest: digest, prompts: prompts)
  }

  @discardableResult
  private func add(
    _ set: PromptSetContent, _ policy: ConflictPolicy = .refuse
  ) throws -> WriteOutcome {
    try catalog.addPromptSet(set, onConflict: policy, provenance: CatalogFixture.provenance)
  }

  private func stored() throws -> [StoredPrompt] {
    var prompts: [StoredPrompt] = []
    try catalog.forEachPrompt(of: "p") {
      prompts.append($0)
      return true
    }
    return prompts
  }

  @Test("What is stored is read again as it was, with its radiograph")
  func roundTrip() throws {
    #expect(try add(set()) == .created)
    let stored = try stored()
    #expect(try stored.map(\.prompt) == set().prompts)
    #expect(stored.first?.imageName == "a.png" && stored.first?.dataset == "tiny")
    #expect(stored.first?.findings[.edema] == .positive && stored.first?.view == .pa)
    let info = try catalog.promptSet("p")
    #expect(info.promptCount == 2 && info.radiographCount == 1 && info.shortenedCount == 1)
    #expect(info.largestTokenCount == 9)
  }

  @Test("The same digest changes nothing, another is refused unless it may replace")
  func conflicts() throws {
    try add(set())
    #expect(try add(set(count: 1)) == .unchanged)
    let error = #expect(throws: CatalogError.self) { try add(set(digest: "2")) }
    #expect(error?.code == .conflict)
    #expect(try add(set(digest: "2", count: 1), .replace) == .updated)
    #expect(try stored().count == 1)
    #expect(try catalog.promptSets().map(\.name) == ["p"])
  }

  @Test("A removed set is gone, and an unknown one is named")
  func removal() throws {
    try add(set())
    let error = #expect(throws: CatalogError.self) { try catalog.removePromptSet("q") }
    #expect(error?.code == .unknownName)
    try catalog.removePromptSet("p")
    #expect(try catalog.promptSets().isEmpty)
    #expect(try catalog.verify().allSatisfy { $0.problems.isEmpty })
  }

  @Test("A reader may stop early")
  func stopping() throws {
    try add(set(count: 5))
    var count = 0
    try catalog.forEachPrompt(of: "p") { _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
  }

  @Test("Candidates bring the sections that were asked for, in that order")
  func candidates() throws {
    var content = CatalogFixture.content(digest: "2")
    content.reports = [
      ReportRecord(
        patientIndex: 0, studyKey: "s1",
        sections: [
          .init(name: "impression", text: "It's \"fine\"."), .init(name: "findings", text: "F"),
        ])
    ]
    _ = try catalog.replaceDataset(content, provenance: CatalogFixture.provenance)
    let candidates = try catalog.promptCandidates(
      from: RadiographSource(dataset: "tiny"), sections: ["findings", "impression", "it's"])
    #expect(candidates.map(\.imageName) == ["a.png", "b.png", "c.png"])
    #expect(candidates[1].sections == ["F", "It's \"fine\".", nil])
    #expect(candidates[0].sections == [nil, nil, nil])
    #expect(candidates[0].sex == .female && candidates[0].race == .asian)
    #expect(candidates[1].findings[.edema] == .uncertain)
  }
}
