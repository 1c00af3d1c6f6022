// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRGeneration
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("Generated datasets")
struct GeneratedDatasetTests {
  let fixture: GenerationFixture
  let catalog: Catalog

  init() throws {
    fixture = try GenerationFixture()
    catalog = try fixture.catalog()
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    try session.run(GenerationWork())
  }

  private func enter(
    _ name: String = GeneratedDataset.defaultName, _ policy: ConflictPolicy = .refuse
  ) throws -> WriteOutcome {
    try GeneratedDataset(of: "run", name: name, in: catalog)
      .enter(into: catalog, onConflict: policy, provenance: GenerationFixture.provenance)
  }

  @Test("An image has the demographics of its prompt, and labels and view of the source")
  func labels() throws {
    #expect(try enter() == .created)
    let accepted = try catalog.acceptedImages(of: "run")
    let candidates = try catalog.promptCandidates(
      from: RadiographSource(dataset: "synthetic"), sections: ["impression", "prompt"])
    #expect(candidates.count == accepted.count && accepted.count > 70)
    let sources = Dictionary(
      uniqueKeysWithValues: GenerationFixture.sourceContent.radiographs.map { ($0.imageName, $0) })
    for (candidate, image) in zip(candidates, accepted) {
      let source = try #require(sources[image.item.sourceImageName])
      #expect(candidate.findings == source.findings && candidate.view == source.view)
      #expect(candidate.sex == image.item.sex && candidate.race == image.item.race)
      #expect(candidate.ageYears == image.item.ageYears.map(Double.init))
      let number = source.imageName.dropFirst().dropLast(4)
      #expect(candidate.sections == ["Clear \(number).", image.item.text])
    }
    #expect(Set(candidates.map(\.view)) == [.pa, .ap])
    #expect(try catalog.verify().allSatisfy { $0.problems.isEmpty })
    let dataset = try #require(try catalog.info().datasets.first { $0.name == "synthetic" })
    #expect(dataset.radiographCount == accepted.count)
    #expect(try catalog.generationRun("run").dataset == "synthetic")
  }

  @Test("The images go into a store, are divided and read like any other")
  func usage() async throws {
    _ = try enter()
    let locator = ImageLocator(roots: ["synthetic": fixture.folder.path("images-of-run")])
    let accepted = try catalog.acceptedImages(of: "run")
    let content = try GeneratedDataset(of: "run", in: catalog).content
    let files = try content.radiographs.map { radiograph in
      RadiographFile(
        dataset: "synthetic", imageName: radiograph.imageName,
        path: try locator.path(
          of: #require(radiograph.relativePath), imageName: radiograph.imageName,
          dataset: "synthetic"))
    }
    let store = try await ImageStoreBuilder(files, preparation: StorePreparation(side: 16))
      .build(at: fixture.folder.path("store"), threads: 2)
    #expect(store.radiographs.count == accepted.count)
    #expect(store.failures.isEmpty)
    let pool = try SplitPool(catalog, dataset: "synthetic")
    let split = try SplitMaker(
      name: "study", method: .proportions([.init("train", 0.8), .init("validate", 0.2)]), seed: 1
    ).content(from: pool)
    _ = try catalog.addSplit(
      split, dataset: "synthetic", provenance: GenerationFixture.provenance)
    #expect(Set(split.partByImageName.values) == ["train", "validate"])
    #expect(split.partByImageName.count == accepted.count)
  }

  @Test("Entering again changes nothing; a run that went on adds its images")
  func again() throws {
    #expect(try enter() == .created)
    #expect(try enter() == .unchanged)
    let before = try catalog.radiographIDs(dataset: "synthetic")
    // A label of a source is corrected: the dataset follows, its radiographs stay who they are.
    var source = GenerationFixture.sourceContent
    source.contentDigest = "2"
    source.radiographs[0].findings[.fracture] = .positive
    _ = try catalog.replaceDataset(source, provenance: GenerationFixture.provenance)
    #expect(try enter() == .updated)
    #expect(try catalog.radiographIDs(dataset: "synthetic") == before)
    let counts = try #require(try catalog.info().datasets.first { $0.name == "synthetic" }).findings
    let accepted = try catalog.acceptedImages(of: "run").count {
      $0.item.sourceImageName == "r0.png"
    }
    #expect(counts.first { $0.name == "Fracture" }?.count == accepted && accepted > 0)
  }

  @Test("A dataset that was ingested is never taken for one of images, nor one of another run")
  func names() throws {
    for policy in ConflictPolicy.allCases {
      let error = #expect(throws: CatalogError.self) { try enter("real", policy) }
      #expect(error?.code == .conflict && error?.message.contains("ingested") == true)
    }
    #expect(try enter("made") == .created)
    try catalog.removeGenerationRun("run")
    try FileManager.default.removeItem(atPath: fixture.folder.path("images-of-run"))
    let session = try fixture.session { $0.seed = 9 }
    try session.begin(provenance: GenerationFixture.provenance)
    try session.run(GenerationWork())
    let error = #expect(throws: CatalogError.self) { try enter("made") }
    #expect(error?.code == .conflict && error?.message.contains("--replace") == true)
    #expect(try enter("made", .replace) == .updated)
    #expect(try catalog.verify().allSatisfy { $0.problems.isEmpty })
  }

  @Test("Sources that are gone are named, with the remedy")
  func lostSources() throws {
    var source = GenerationFixture.sourceContent
    source.contentDigest = "2"
    source.radiographs.removeLast()
    _ = try catalog.replaceDataset(
      source, onConflict: .replace, provenance: GenerationFixture.provenance)
    let error = #expect(throws: CatalogError.self) { try enter() }
    #expect(error?.code == .unknownName && error?.message.contains("ingest real") == true)
    // The log stays whole, and the yield counts on.
    let yield = try GenerationYield(of: "run", in: catalog)
    #expect(yield.total.wanted == 80 && yield.balances[0].count == 9)
    #expect(yield.notes.contains { $0.contains("no longer in the catalog") })
  }
}
