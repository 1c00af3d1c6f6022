// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRGeneration
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("Scoring plans")
struct ScoringPlanTests {
  let fixture: GenerationFixture
  let catalog: Catalog

  init() throws {
    fixture = try GenerationFixture()
    catalog = try fixture.catalog()
  }

  /// Makes a run of some copies of each prompt; no image comes to nothing unless it is said.
  private func run(
    _ name: String, copies: Int = 2, failures: Double = 0, limit: Int? = nil,
    prompts: String = "balanced", steps: String = "1"
  ) throws {
    var generator = DrawnGenerator()
    generator.identity = ModelIdentity(name: name, digest: name, settings: ["steps": steps])
    (generator.errorShare, generator.failureShare) = (0, failures)
    var settings = GenerationSettings(name: name, promptSet: prompts)
    settings.copies = .each(copies)
    (settings.predicates, settings.regenerations) = ([], 0)
    let session = try GenerationSession(
      settings, folder: fixture.folder.path(name), catalog: catalog, generator: generator,
      judges: [])
    try session.begin(provenance: GenerationFixture.provenance)
    var work = GenerationWork()
    work.limit = limit
    try session.run(work)
  }

  /// A store of the radiographs of some numbers, each of its own gray.
  private func store(_ numbers: some Sequence<Int>) async throws -> ImageStore {
    let files = try numbers.map { number in
      let path = fixture.folder.path("r\(number).png")
      let pixels = ContiguousArray(repeating: UInt8(10 * number + 5), count: 16 * 16)
      try GrayImage(width: 16, height: 16, pixels: .bytes(pixels), bitDepth: 8).writePNG(to: path)
      return RadiographFile(dataset: "real", imageName: "r\(number).png", path: path)
    }
    return try await ImageStoreBuilder(files, preparation: StorePreparation(side: 16))
      .build(at: fixture.folder.path("store\(files.count)"), threads: 1)
  }

  private func refusal(_ names: [String], _ store: ImageStore) throws -> GenerationError? {
    #expect(throws: GenerationError.self) {
      try ScoringPlan(of: names, pairedWith: store, in: catalog)
    }
  }

  @Test("Pairs every image with the radiograph of its prompt, and leaves out what one run gave up")
  func pairs() async throws {
    try run("a", failures: 0.1)
    try run("b", failures: 0.2, steps: "2")
    let store = try await store(0..<10)
    let plan = try ScoringPlan(of: ["a", "b"], pairedWith: store, in: catalog)
    let discarded = plan.checkpoints.map(\.discardedCount)
    #expect(plan.checkpoints.map(\.name) == ["a", "b"] && discarded.allSatisfy { $0 > 0 })
    #expect(plan.rows.count < 160 - (discarded.max() ?? 0) + 1 && plan.rows.count > 80)
    for (row, path) in zip(plan.rows, plan.checkpoints[1].paths) {
      let real = plan.reals[row.real]
      #expect(real.imageName == "r\(row.prompt / 8).png")
      #expect(store.radiographs[real.storeIndex].imageName == real.imageName)
      #expect(path.contains("/b/images/") && FileManager.default.fileExists(atPath: path))
      #expect(row.target.ageYears == Double(20 + 7 * (row.prompt / 8)))
    }
    // What is recorded of the real one, not what a prompt asks for.
    let first = plan.reals[0]
    #expect(first.target.ageYears == 20.5 && first.target.sex == Sex.allCases[0])
    // Two radiographs of a patient.
    #expect(plan.reals[0].patient == plan.reals[1].patient)
    #expect(plan.reals[2].patient != plan.reals[1].patient)
    #expect(plan.promptRows.map(\.count).reduce(0, +) == plan.rows.count)
    #expect(plan.promptRows.allSatisfy { Set($0.map { plan.rows[$0].prompt }).count == 1 })
    #expect(plan.notes.contains { $0.contains("gave up") })
    #expect(plan.notes.contains("Runs differ in steps, not in their model alone: 1 and 2."))
  }

  @Test("Images whose radiograph has no image are left out and counted; none at all is refused")
  func lostImages() async throws {
    try run("a")
    let plan = try await ScoringPlan(of: ["a"], pairedWith: store(0..<7), in: catalog)
    #expect(plan.rows.count == 7 * 16 && plan.reals.count == 7)
    #expect(plan.notes.contains { $0.contains("48 images") && $0.contains("3 radiographs") })
    let path = fixture.folder.path("r0.png")
    let other = try await ImageStoreBuilder(
      [RadiographFile(dataset: "other", imageName: "r0.png", path: path)],
      preparation: StorePreparation(side: 16)
    ).build(at: fixture.folder.path("other"), threads: 1)
    let error = try refusal(["a"], other)
    #expect(error?.code == .noRealImage && error?.message.contains("images build") == true)
  }

  @Test("Runs of other prompts, other numbers, or that go on are refused by name")
  func incomparable() async throws {
    let store = try await store(0..<10)
    try run("a")
    try run("half", limit: 5)
    try run("four", copies: 4)
    try GenerationFixture.addPrompts(to: catalog, name: "white", races: [.white])
    try run("white", prompts: "white")
    for (name, words) in [
      ("half", "is not finished: 155 images"), ("four", "4 images of each prompt"),
      ("white", "the prompts balanced and white"),
    ] {
      let error = try refusal(["a", name], store)
      #expect(error?.code == .incomparableRuns, "\(name)")
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
    try run("black", failures: 1)
    let empty = try refusal(["a", "black"], store)
    #expect(empty?.code == .empty && empty?.message.contains("turned down all 160") == true)
  }
}
