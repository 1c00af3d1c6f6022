// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRGeneration
import CXRTestSupport
import Foundation
import Testing

/// A run that takes the place of another one, by several processes and with deaths in between.
@Suite("Replaced runs")
struct ReplacedRunTests {
  let fixture: GenerationFixture

  /// Makes a run with seed 7.
  init() throws {
    fixture = try GenerationFixture()
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    try session.run(GenerationWork())
  }

  private func successor() throws -> GenerationSession { try fixture.session { $0.seed = 8 } }

  /// What a process leaves that dies as soon as the catalog has the new run.
  private func replaceInCatalog() throws {
    let session = try successor()
    let outcome = try fixture.catalog().addGenerationRun(
      session.content, copies: Array(repeating: 1, count: 80), onConflict: .replace,
      provenance: GenerationFixture.provenance)
    #expect(outcome == .updated)
  }

  /// All entries of the run's folder, hidden ones included.
  private func entries() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path("images-of-run"))
      .sorted()
  }

  @Test("A process that dies before the former files are gone: the next one finds an empty run")
  func deathBeforeRemoval() throws {
    try replaceInCatalog()
    #expect(try fixture.files().count > 70)
    let session = try successor()
    #expect(try session.begin(provenance: GenerationFixture.provenance) == .unchanged)
    #expect(try entries() == ["generation.json"])
    let settings = try String(
      contentsOfFile: fixture.folder.path("images-of-run/generation.json"), encoding: .utf8)
    #expect(settings == session.content.configurationJSON)
    #expect(try session.run(GenerationWork()).openCount == 0)
  }

  @Test("A process that dies while the former files go: the next one removes what is left")
  func deathWhileRemoving() throws {
    try replaceInCatalog()
    let folder = fixture.folder.path("images-of-run")
    try FileManager.default.moveItem(atPath: "\(folder)/images", toPath: "\(folder)/.former-1")
    try successor().begin(provenance: GenerationFixture.provenance)
    #expect(try entries() == ["generation.json"])
  }

  @Test("A second process of the same command leaves the first one's images alone")
  func secondProcess() throws {
    try replaceInCatalog()
    let second = try successor()
    try second.begin(onConflict: .replace, provenance: GenerationFixture.provenance)
    var work = GenerationWork()
    (work.shardCount, work.limit) = (2, 9)
    try second.run(work)
    let made = try fixture.files()
    #expect(made.count > 5)
    // The first process goes on where it was: behind its change of the catalog.
    let first = try successor()
    #expect(
      try first.begin(onConflict: .replace, provenance: GenerationFixture.provenance) == .unchanged)
    #expect(try fixture.files() == made)
    #expect(try first.run(GenerationWork()).openCount == 0)
    #expect(try made.allSatisfy { try fixture.files()[$0] == $1 })
  }

  @Test("A run is not replaced while a process works on it")
  func livingProcess() throws {
    let former = try fixture.session(in: "again") { $0.name = "again" }
    try former.begin(provenance: GenerationFixture.provenance)
    _ = try fixture.catalog().claimGenerationItems(
      of: "again", claim: GenerationClaim(owner: "elsewhere", now: 1000, lease: 600), limit: 1,
      isGone: { _ in false })
    let session = try fixture.session(in: "again") { ($0.name, $0.seed) = ("again", 8) }
    func begin(at seconds: Double) throws -> WriteOutcome {
      try session.begin(
        onConflict: .replace, provenance: GenerationFixture.provenance,
        now: Date(timeIntervalSince1970: seconds))
    }
    let error = #expect(throws: CatalogError.self) { try begin(at: 1599) }
    #expect(error?.code == .conflict && error?.message.contains("again") == true)
    #expect(try begin(at: 1600) == .updated)
  }

  @Test("A process of the former run, of which nothing was heard, logs and writes nothing more")
  func lateProcess() throws {
    try fixture.catalog().removeGenerationRun("run")
    try FileManager.default.removeItem(atPath: fixture.folder.path("images-of-run"))
    var generator = DrawnGenerator(errorShare: 0, failureShare: 0)
    let next = try successor()
    generator.beforeImage = { number in
      guard number == 3 else { return }
      try next.begin(onConflict: .replace, provenance: GenerationFixture.provenance)
    }
    let late = try fixture.session(generator)
    try late.begin(provenance: GenerationFixture.provenance)
    var work = GenerationWork()
    work.now = { Date(timeIntervalSince1970: 0) }
    let error = #expect(throws: CatalogError.self) { try late.run(work) }
    #expect(error?.code == .conflict && error?.message.contains("replaced") == true)
    #expect(try fixture.log().isEmpty)
    #expect(try entries() == ["generation.json"])
  }
}
