// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRFiles
import CXRGeneration
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("Sampling")
struct SamplingTests {
  let fixture: GenerationFixture

  init() throws { fixture = try GenerationFixture() }

  private func attempts() throws -> [GenerationAttempt] {
    var attempts: [GenerationAttempt] = []
    try fixture.catalog().forEachGenerationAttempt(of: "run") {
      attempts.append($0)
      return true
    }
    return attempts
  }

  @discardableResult
  private func run(
    _ generator: some ImageGenerator = DrawnGenerator(), judges: [any Judge] = [PixelJudge()],
    change: (inout GenerationSettings) -> Void = { _ in }
  ) throws -> GenerationProgress {
    let session = try fixture.session(generator, judges: judges, change: change)
    try session.begin(provenance: GenerationFixture.provenance)
    var work = GenerationWork()
    work.batchSize = 8
    return try session.run(work)
  }

  @Test("An accepted image's file carries prompt, seed and model, and has the SHA-256 of the log")
  func files() throws {
    try run()
    let accepted = try attempts().filter { $0.outcome == .accepted }
    #expect(accepted.count > 70)
    for attempt in accepted.prefix(5) {
      let path = fixture.folder.path("images-of-run/\(try #require(attempt.relativePath))")
      let bytes = Array(try Data(contentsOf: URL(filePath: path)))
      #expect(FileDigest.sha256(of: bytes) == attempt.fileSHA256)
      let text = String(decoding: bytes, as: UTF8.self)
      for word in ["cxr.seed\0\(attempt.seed)", "cxr.model\0d1", "year old", "cxr.runSeed\u{0}7"] {
        #expect(text.contains(word), "\(word)")
      }
      let image = try GrayImage(contentsOf: path)
      #expect(image.width == attempt.widthPixels && image.height == attempt.heightPixels)
    }
    // Files that the log does not know would have been lost to it.
    #expect(
      try Set(fixture.files().keys)
        == Set(accepted.compactMap(\.relativePath) + ["generation.json"]))
  }

  @Test("Every attempt is logged with its mode, and none follows an accepted one")
  func log() throws {
    try run()
    let byImage = Dictionary(grouping: try attempts()) { $0.prompt }
    #expect(byImage.count == 80)
    for (_, attempts) in byImage {
      #expect(attempts.map(\.attempt) == Array(1...attempts.count))
      #expect(attempts.count <= 4 && Set(attempts.map(\.seed)).count == attempts.count)
      #expect(attempts.dropLast().allSatisfy { $0.outcome != .accepted })
      if attempts.count < 4 { #expect(attempts.last?.outcome == .accepted) }
      for attempt in attempts {
        let hasFailed = attempt.verdicts.contains { $0.verdict == .failed }
        #expect(hasFailed == (attempt.outcome == .rejected))
        #expect(attempt.verdicts.isEmpty == (attempt.outcome == .unusable))
      }
    }
  }

  @Test("Hispanic is untested under a model that does not know it, tested under one that does")
  func hispanic() throws {
    try run()
    func verdicts() throws -> Set<GenerationVerdict.Verdict> {
      Set(
        // Variations 2 and 6 of each radiograph ask for Hispanic.
        try attempts().filter { $0.prompt % 4 == 2 }.flatMap(\.verdicts)
          .filter { $0.predicate == "race" }.map(\.verdict))
    }
    #expect(try verdicts() == [.untested])
    try fixture.catalog().removeGenerationRun("run")
    try FileManager.default.removeItem(atPath: fixture.folder.path("images-of-run"))
    try run(judges: [PixelJudge(aspects: [.sex, .race(Race.allCases), .ageYears])])
    #expect(try verdicts() == [.passed, .failed])
  }

  @Test("Regenerations end where they are told, and rejected images are kept on request")
  func regenerations() throws {
    let progress = try run(DrawnGenerator(errorShare: 1, failureShare: 0)) {
      $0.regenerations = 1
      $0.rejectedImages = .keep
    }
    #expect(progress.attemptCount == 160 && progress.discardedCount == 80)
    let attempts = try attempts()
    #expect(attempts.allSatisfy { $0.outcome == .rejected && $0.relativePath != nil })
    #expect(try fixture.files().count == 161)
  }

  @Test("Images that are black or not finite are named, and checked no further")
  func failures() throws {
    struct Dark: ImageGenerator {
      let identity = ModelIdentity(name: "dark", digest: "0")
      func images(for requests: [ImageRequest], isWorking: () throws -> Void) -> [GeneratedImage] {
        requests.map { request in
          let pixels = ContiguousArray(repeating: UInt8(request.seed % 2 == 0 ? 1 : 90), count: 16)
          return request.seed % 3 == 0
            ? .failure(.notFinite)
            : .image(GrayImage(width: 4, height: 4, pixels: .bytes(pixels), bitDepth: 8))
        }
      }
    }
    struct Never: Judge {
      struct Asked: Error {}
      let identity = ModelIdentity(name: "never", digest: "0")
      let aspects = [JudgedAspect.sex]
      func estimates(for images: [GrayImage]) throws -> [[QualityEstimate]] { throw Asked() }
    }
    #expect(try run(Dark(), judges: [Never()]).discardedCount == 80)
    let attempts = try attempts()
    #expect(attempts.count == 320 && attempts.allSatisfy { $0.outcome == .unusable })
    #expect(Set(attempts.map(\.failure)) == ["black", "blank", "not finite"])
    let yield = try GenerationYield(of: "run", in: fixture.catalog())
    #expect(yield.failures.map(\.name) == ["black", "blank", "not finite"])
    #expect(yield.failures.reduce(0) { $0 + $1.attempts } == 320)
    let error = #expect(throws: GenerationError.self) {
      try GeneratedDataset(of: "run", in: fixture.catalog())
    }
    #expect(error?.code == .empty && error?.message.contains("cxr diffusion yield run") == true)
  }

  @Test(
    "A judge that tells nothing, too little or no number stops the run; nothing of it is logged",
    arguments: ["nothing", "one too few", "one aspect too few", "another aspect", "nan"])
  func badJudge(_ kind: String) throws {
    let judge = PixelJudge { rows in
      switch kind {
      case "nothing": []
      case "one too few": rows.dropLast()
      case "one aspect too few": rows.map { $0.dropLast() }
      case "another aspect": rows.map { $0.reversed() }
      default: rows.map { $0.dropLast() + [.ageYears(.nan)] }
      }
    }
    let error = #expect(throws: GenerationError.self) { try run(judges: [judge]) }
    #expect(error?.code == .unusableModel && error?.message.hasPrefix("pixels") == true)
    #expect(try attempts().isEmpty)
    #expect(try fixture.catalog().claimedGenerationItemCount(of: "run") == 0)
  }

  @Test("A generator that gives too few images, or too deep ones, stops the run")
  func badGenerator() throws {
    struct Bad: ImageGenerator {
      let identity = ModelIdentity(name: "bad", digest: "0")
      let isShort: Bool
      func images(for requests: [ImageRequest], isWorking: () throws -> Void) -> [GeneratedImage] {
        requests.dropFirst(isShort ? 1 : 0).map { _ in
          .image(GrayImage(width: 1, height: 1, pixels: .words([9]), bitDepth: 12))
        }
      }
    }
    for isShort in [true, false] {
      let error = #expect(throws: GenerationError.self) { try run(Bad(isShort: isShort)) }
      #expect(error?.code == .unusableModel)
    }
    #expect(try attempts().isEmpty)
  }

  @Test("A folder that cannot be written: what was kept is logged, the rest is made later")
  func unwritable() throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    // A file where the folder should be stops the writing, as a full disk does.
    let folder = fixture.folder.path("images-of-run/images")
    try Data().write(to: URL(filePath: folder))
    var work = GenerationWork()
    work.batchSize = 16
    let error = #expect(throws: FileError.self) { try session.run(work) }
    #expect(error?.code == .unwritable)
    // Failures and rejections before the first image to be written need no space.
    let logged = try attempts()
    #expect(logged.allSatisfy { $0.outcome != .accepted })
    try FileManager.default.removeItem(atPath: folder)
    try session.run(work)
    let all = try attempts()
    #expect(logged.allSatisfy(all.contains))
    let other = try GenerationFixture()
    let whole = try other.session()
    try whole.begin(provenance: GenerationFixture.provenance)
    try whole.run(GenerationWork())
    #expect(try fixture.log() == other.log() && fixture.files() == other.files())
  }

  @Test("A cancelled task stops before the next batch and gives its claims back")
  func cancellation() async throws {
    let fixture = fixture
    let task = Task {
      var generator = DrawnGenerator()
      generator.beforeImage = { number in
        if number == 3 { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
      }
      let session = try fixture.session(generator)
      try session.begin(provenance: GenerationFixture.provenance)
      try session.run(GenerationWork())
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try attempts().count == 4)
    #expect(try fixture.catalog().claimedGenerationItemCount(of: "run") == 0)
  }

  @Test("Progress counts up to what was wanted, and tells how long the rest takes")
  func progress() throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    var seen: [GenerationProgress] = []
    try session.run(GenerationWork()) { seen.append($0) }
    #expect(seen.allSatisfy { $0.finishedCount + $0.openCount == 80 })
    #expect(seen.last?.finishedCount == 80 && seen.last?.secondsLeft(after: 10) == 0)
    let half = try #require(seen.first { $0.finishedCount == 40 })
    #expect(half.secondsLeft(after: 10) == 10)
    #expect(seen.allSatisfy { ($0.secondsLeft(after: 1) == nil) == ($0.finishedCount == 0) })
  }

  @Test("A run is bound to its settings, its models and its prompts; the name is taken")
  func conflicts() throws {
    try run()
    let others: [(inout GenerationSettings) -> Void] = [
      { $0.seed = 8 }, { $0.copies = .each(2) }, { $0.predicates = [.sex] },
      { $0.regenerations = 2 },
    ]
    for change in others {
      let error = #expect(throws: CatalogError.self) { try run(change: change) }
      #expect(error?.code == .conflict && error?.message.contains("--replace") == true)
    }
    let model = ModelIdentity(name: "drawn", digest: "d2", settings: ["steps": "1"])
    for body in [
      { try run(DrawnGenerator(identity: model)) },
      { try run(judges: [PixelJudge(identity: model)]) },
    ] {
      #expect(throws: CatalogError.self) { try body() }
    }
    let folder = #expect(throws: CatalogError.self) {
      try fixture.session { $0.name = "other" }.begin(provenance: GenerationFixture.provenance)
    }
    #expect(folder?.code == .conflict)
    #expect(try run().attemptCount == 0)
  }

  @Test("Replacing a run removes its images; images of no known run are left alone")
  func replacing() throws {
    try run()
    let session = try fixture.session { $0.seed = 8 }
    #expect(
      try session.begin(onConflict: .replace, provenance: GenerationFixture.provenance) == .updated)
    #expect(try fixture.files().keys.sorted() == ["generation.json"])
    try session.run(GenerationWork())
    try fixture.catalog().removeGenerationRun("run")
    let error = #expect(throws: FileError.self) {
      try session.begin(provenance: GenerationFixture.provenance)
    }
    #expect(error?.code == .unwritable && error?.message.contains("no run") == true)
  }

  @Test("Replacing a run by one in another folder leaves what is there alone")
  func replacingElsewhere() throws {
    try run()
    let path = fixture.folder.path("others/images")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: "\(path)/theirs.png"))
    let error = #expect(throws: FileError.self) {
      try fixture.session(in: "others") { $0.seed = 8 }
        .begin(onConflict: .replace, provenance: GenerationFixture.provenance)
    }
    #expect(error?.code == .unwritable)
    #expect(FileManager.default.fileExists(atPath: "\(path)/theirs.png"))
    #expect(try !fixture.files().isEmpty)
  }

  @Test("Settings that no run can have are refused")
  func settings() throws {
    let changes: [(inout GenerationSettings) -> Void] = [
      { $0.name = "" }, { $0.regenerations = -1 }, { $0.copies = .each(0) },
      { $0.predicates = [.age(toleranceYears: 1), .age(toleranceYears: 2)] },
    ]
    for change in changes {
      let error = #expect(throws: GenerationError.self) { try run(change: change) }
      #expect(error?.code == .invalidSetting)
    }
    for (shard, count, size) in [(1, 1, 1), (-1, 2, 1), (0, 1, 0)] {
      var work = GenerationWork()
      (work.shard, work.shardCount, work.batchSize) = (shard, count, size)
      let error = #expect(throws: GenerationError.self) { try fixture.session().run(work) }
      #expect(error?.code == .invalidSetting)
    }
    let unknown = #expect(throws: CatalogError.self) { try run { $0.promptSet = "balance" } }
    #expect(unknown?.message.contains("did you mean balanced") == true)
    let unbegun = #expect(throws: CatalogError.self) {
      try fixture.session().run(GenerationWork())
    }
    #expect(unbegun?.code == .unknownName)
  }
}
