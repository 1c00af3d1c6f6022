// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRTestSupport
import GRDB
import Testing

/// The labels by which a run's images are checked are those of the time when it began.
@Suite("Findings of prompts")
struct PromptFindingsTests {
  private let folder: TemporaryFolder
  private let catalog: Catalog
  private var path: String { folder.path("catalog.sqlite") }

  /// Enters a dataset, prompts for two of its radiographs and a run.
  init() throws {
    folder = try TemporaryFolder()
    catalog = try Catalog(path: folder.path("catalog.sqlite"))
    _ = try catalog.replaceDataset(
      CatalogFixture.content(), provenance: CatalogFixture.provenance)
    let ids = try catalog.radiographIDs(dataset: "tiny")
    let prompts = ["a.png", "c.png"].map { name in
      PromptRecord(
        radiographID: ids[name] ?? 0, variation: 0, sex: .male, race: .white, ageYears: 40,
        impression: "i", text: "t", tokenCount: nil, shortening: "none", removedText: "")
    }
    _ = try catalog.addPromptSet(
      PromptSetContent(
        name: "p", template: "t", optionsJSON: "{}", contentDigest: "d", prompts: prompts),
      provenance: CatalogFixture.provenance)
    _ = try catalog.addGenerationRun(
      GenerationRunContent(
        name: "r", folder: "f", promptSet: "p", promptSetDigest: "d", configurationJSON: "{}",
        attemptLimit: 1), copies: [1, 1], provenance: CatalogFixture.provenance)
  }

  private func findings(in catalog: Catalog) throws -> [FindingStates] {
    let claim = GenerationClaim(owner: "me", now: 0, lease: 1)
    defer { try? catalog.releaseGenerationItems(of: "r", owner: "me") }
    return try catalog.claimGenerationItems(
      of: "r", claim: claim, limit: 9, isGone: { _ in false }
    ).map(\.findings)
  }

  /// The dataset with other labels and without its last radiographs.
  private func corrected(without count: Int) -> DatasetContent {
    var content = CatalogFixture.content(digest: "corrected \(count)")
    content.radiographs.removeLast(count)
    for index in content.radiographs.indices {
      content.radiographs[index].findings = FindingStates(allAre: .positive)
      content.radiographs[index].findings[.edema] = .negative
    }
    return content
  }

  @Test("A new ingest of the source, or its loss, changes nothing for a run that has begun")
  func copied() throws {
    let radiographs = CatalogFixture.content().radiographs
    let expected = ["a.png", "c.png"].compactMap { name in
      radiographs.first { $0.imageName == name }?.findings
    }
    #expect(try findings(in: catalog) == expected && expected.count == 2)
    _ = try catalog.replaceDataset(
      corrected(without: 0), onConflict: .replace, provenance: CatalogFixture.provenance)
    #expect(try findings(in: catalog) == expected)
    _ = try catalog.replaceDataset(
      corrected(without: 1), onConflict: .replace, provenance: CatalogFixture.provenance)
    #expect(try findings(in: catalog) == expected)
  }

  @Test("A catalog of the version before gets the labels of now for the runs that it has")
  func migrated() throws {
    let expected = try findings(in: catalog)
    try DatabaseQueue(path: path).write { database in
      for finding in Finding.allCases {
        try database.execute(
          sql: "ALTER TABLE generationPrompt DROP COLUMN \(String(describing: finding))")
      }
      try database.execute(
        sql: "UPDATE generationPrompt SET sourceImageName = 'gone.png' WHERE prompt = 1")
      try database.execute(sql: "ALTER TABLE generationRun DROP COLUMN hasFormerFiles")
      try database.execute(sql: "PRAGMA user_version = 5")
    }
    let migrated = try findings(in: Catalog(path: path, access: .update))
    #expect(migrated == [expected[0], FindingStates(allAre: .unannotated)])
  }
}
