// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRTestSupport
import Foundation
import Synchronization
import Testing

@testable import CXRGeneration

/// However a run is worked through, files and log are the same, byte for byte.
@Suite("The same files and the same log")
struct SameResultTests {
  struct Result: Equatable {
    let files: [String: String]
    let log: String

    init(_ fixture: GenerationFixture) throws {
      files = try fixture.files()
      log = try fixture.log()
    }
  }

  struct Death: Error {}

  /// What one process gives that makes one image at a time.
  private static let reference = Swift.Result {
    let reference = try GenerationFixture()
    let session = try reference.session()
    try session.begin(provenance: GenerationFixture.provenance)
    try session.run(GenerationWork())
    return try Result(reference)
  }

  let fixture: GenerationFixture
  let expected: Result

  init() throws {
    expected = try Self.reference.get()
    fixture = try GenerationFixture()
  }

  @Test("One process gives images, failures and rejections worth comparing")
  func reference() {
    #expect(expected.files.count > 70, "\(expected.files.count) files")
    for word in ["accepted", "rejected", "unusable", "not finite", "black", "untested"] {
      #expect(expected.log.contains("\"\(word)\""), "\(word)")
    }
    #expect(expected.log.split(separator: "\n").count > 100)
  }

  @Test("Batches of any size", arguments: [2, 7, 100])
  func batches(_ size: Int) throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    var work = GenerationWork()
    work.batchSize = size
    try session.run(work)
    #expect(try Result(fixture) == expected)
  }

  @Test("Shards one after the other, without any of them touching the part of another")
  func shards() throws {
    for shard in [2, 0, 1] {
      let session = try fixture.session()
      #expect(
        try session.begin(provenance: GenerationFixture.provenance)
          == (shard == 2 ? .created : .unchanged))
      var work = GenerationWork()
      work.batchSize = 5
      (work.shard, work.shardCount) = (shard, 3)
      let progress = try session.run(work)
      #expect((26...28).contains(progress.finishedCount) && progress.openCount == 0)
    }
    #expect(try Result(fixture) == expected)
  }

  @Test("Several processes at the same time, sharded or not", arguments: [1, 2])
  func concurrent(_ shardCount: Int) async throws {
    let fixture = fixture
    let finished = try await withThrowingTaskGroup(of: GenerationProgress.self) { group in
      for number in 0..<4 {
        group.addTask {
          // A catalog of its own, as a process has.
          let session = try fixture.session()
          try session.begin(provenance: GenerationFixture.provenance)
          var work = GenerationWork()
          work.batchSize = 1 + number
          (work.shard, work.shardCount) = (number % shardCount, shardCount)
          return try session.run(work)
        }
      }
      return try await group.reduce(into: 0) { $0 += $1.finishedCount }
    }
    #expect(finished == 80)
    #expect(try Result(fixture) == expected)
  }

  @Test("A process that fails in the middle and one that takes up", arguments: [0, 9, 50])
  func failure(_ survived: Int) throws {
    var generator = DrawnGenerator()
    generator.beforeImage = { if $0 >= survived { throw Death() } }
    let broken = try fixture.session(generator)
    try broken.begin(provenance: GenerationFixture.provenance)
    var work = GenerationWork()
    work.batchSize = 4
    #expect(throws: Death.self) { try broken.run(work) }
    work.batchSize = 3
    try fixture.session().run(work)
    #expect(try Result(fixture) == expected)
  }

  @Test("A killed process: another takes over what it had claimed, at once", arguments: [1, 2])
  func killed(_ shardCount: Int) async throws {
    let path = fixture.folder.url.path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, shardCount = shardCount as Int] in
      let catalog = try Catalog(path: "\(path)/catalog.sqlite", access: .update)
      var generator = DrawnGenerator()
      generator.beforeImage = { number in
        if number == 20 { kill(getpid(), SIGKILL) }
      }
      var settings = GenerationSettings(name: "run", promptSet: "balanced")
      settings.seed = 7
      let session = try GenerationSession(
        settings, folder: "\(path)/images-of-run", catalog: catalog, generator: generator,
        judges: [PixelJudge()])
      try session.begin(provenance: GenerationFixture.provenance)
      var work = GenerationWork()
      work.batchSize = 6
      work.shardCount = shardCount
      try session.run(work)
    }
    let claimed = try fixture.catalog().claimedGenerationItemCount(of: "run")
    #expect(claimed > 0, "the dead process holds claims")
    #expect(try fixture.log() != expected.log)
    // What a kill during a write leaves behind.
    let last = try #require(expected.files.keys.filter { $0.hasSuffix(".png") }.max())
    let part = fixture.folder.path("images-of-run/\(last)")
    try fixture.leavePart(of: part, by: fixture.deadOwner)
    for shard in 0..<shardCount {
      var work = GenerationWork()
      (work.shard, work.shardCount) = (shard, shardCount)
      #expect(try fixture.session().run(work).openCount == 0)
    }
    #expect(try Result(fixture) == expected)
  }

  @Test("Claims of a process elsewhere are left alone until they run out")
  func lease() throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    let taken = try fixture.catalog().claimGenerationItems(
      of: "run", claim: GenerationClaim(owner: "elsewhere", now: 1000, lease: 600), limit: 5,
      isGone: { _ in false })
    #expect(taken.map(\.prompt) == [0, 1, 2, 3, 4])
    var work = GenerationWork()
    work.now = { Date(timeIntervalSince1970: 1599) }
    #expect(try session.run(work).openCount == 5)
    #expect(try fixture.log() != expected.log)
    work.now = { Date(timeIntervalSince1970: 1600) }
    #expect(try session.run(work).openCount == 0)
    #expect(try Result(fixture) == expected)
  }

  @Test("Claims hold while one batch takes longer than they last")
  func longBatch() throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    let clock = Mutex(1000)
    var generator = DrawnGenerator()
    let other = try fixture.catalog()
    generator.beforeImage = { number in
      let now = clock.withLock { time in
        time += 30
        return time
      }
      guard number == 7 else { return }
      // The claim was made 240 s ago, for 100 s.
      let taken = try other.claimGenerationItems(
        of: "run", claim: GenerationClaim(owner: "other", now: now, lease: 1), limit: 3,
        isGone: { _ in false })
      #expect(taken.map(\.prompt) == [8, 9, 10])
    }
    var work = GenerationWork()
    (work.batchSize, work.leaseSeconds, work.limit) = (8, 100, 8)
    work.now = { Date(timeIntervalSince1970: Double(clock.withLock { $0 })) }
    try fixture.session(generator).run(work)
    try fixture.session().run(GenerationWork())
    #expect(try Result(fixture) == expected)
  }

  @Test("What a killed process was writing goes, and what nobody has written to for long")
  func parts() throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    let names = expected.files.keys.filter { $0.hasSuffix(".png") }.sorted()
    let paths = names.prefix(2).map { fixture.folder.path("images-of-run/\($0)") }
    let elsewhere = "other-boot/7/4194303/9/x"
    let kept = [
      try fixture.leavePart(of: paths[0], by: ProcessIdentity.current() + "/other"),
      try fixture.leavePart(of: paths[0], by: elsewhere),
    ]
    let dead = try fixture.leavePart(of: paths[0], by: fixture.deadOwner)
    let old = try fixture.leavePart(of: paths[1], by: elsewhere)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -1801)], ofItemAtPath: old)
    try session.run(GenerationWork())
    let exists = FileManager.default.fileExists(atPath:)
    #expect(kept.allSatisfy(exists) && !exists(dead) && !exists(old))
    for path in kept { try FileManager.default.removeItem(atPath: path) }
    #expect(try Result(fixture) == expected)
  }

  @Test("An image that two processes make is kept once")
  func twice() throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    let other = try fixture.session()
    var generator = DrawnGenerator()
    // While this process makes the first image, its claim runs out and another makes everything.
    generator.beforeImage = { number in
      guard number == 0 else { return }
      var work = GenerationWork()
      work.now = { Date(timeIntervalSinceNow: 1e6) }
      let left = try other.run(work).openCount
      #expect(left == 0)
    }
    let slow = try fixture.session(generator)
    var work = GenerationWork()
    work.batchSize = 3
    try slow.run(work)
    #expect(try Result(fixture) == expected)
  }

  @Test("A generator that does not keep its word is found out, and nothing is overwritten")
  func notReproducible() throws {
    try fixture.session().begin(provenance: GenerationFixture.provenance)
    // All images fail the checks that another process has logged as passed; or all pass them.
    for (share, code) in [(1.0, "conflict"), (0, "unusableModel")] {
      let other = try fixture.session()
      var generator = DrawnGenerator(errorShare: share, failureShare: 0)
      generator.beforeImage = { number in
        guard number == 0 else { return }
        var work = GenerationWork()
        work.now = { Date(timeIntervalSinceNow: 1e6) }
        try other.run(work)
      }
      if share == 0 { try restart() }
      var work = GenerationWork()
      work.batchSize = 80
      let slow = try fixture.session(generator)
      let error = #expect(throws: (any Error).self) { try slow.run(work) }
      #expect(error.map { String(describing: $0).hasPrefix(code) } == true, "\(share)")
      #expect(error.map { String(describing: $0).contains("one machine type") } == true)
      #expect(try Result(fixture) == expected)
    }
  }

  /// Begins the run anew, without its files.
  private func restart() throws {
    try fixture.catalog().removeGenerationRun("run")
    try FileManager.default.removeItem(atPath: fixture.folder.path("images-of-run"))
    try fixture.session().begin(provenance: GenerationFixture.provenance)
  }

  @Test("A file that is there with other content stops the run and stays")
  func foreignFile() throws {
    let session = try fixture.session()
    try session.begin(provenance: GenerationFixture.provenance)
    let name = try #require(expected.files.keys.filter { $0.hasSuffix(".png") }.min())
    let path = fixture.folder.path("images-of-run/\(name)")
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: path))
    let error = #expect(throws: GenerationError.self) { try session.run(GenerationWork()) }
    #expect(error?.code == .unusableModel && error?.message.contains(path) == true)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data([1]))
    try FileManager.default.removeItem(atPath: path)
    try session.run(GenerationWork())
    #expect(try Result(fixture) == expected)
  }
}
