// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@Suite("Generation runs in the catalog")
struct GenerationRunTests {
  let catalog: Catalog

  init() throws {
    catalog = try CatalogFixture.catalog()
    let ids = try catalog.radiographIDs(dataset: "tiny")
    _ = try catalog.addPromptSet(
      PromptSetContent(
        name: "p", template: "t", optionsJSON: "{}", contentDigest: "d",
        prompts: (0..<6).map { number in
          PromptRecord(
            radiographID: ids[number < 3 ? "a.png" : "c.png"] ?? 0, variation: number, sex: .male,
            race: .hispanic, ageYears: 40, impression: "i\(number)", text: "t\(number)",
            tokenCount: nil, shortening: "none", removedText: "")
        }), provenance: CatalogFixture.provenance)
  }

  private func run(digest: String = "d", settings: String = "{}") -> GenerationRunContent {
    GenerationRunContent(
      name: "r", folder: "f", promptSet: "p", promptSetDigest: digest,
      configurationJSON: settings, attemptLimit: 2)
  }

  @discardableResult
  private func add(
    _ run: GenerationRunContent, copies: [Int] = [1, 1, 1, 1, 1, 1],
    _ policy: ConflictPolicy = .refuse
  ) throws -> WriteOutcome {
    try catalog.addGenerationRun(
      run, copies: copies, onConflict: policy, provenance: CatalogFixture.provenance)
  }

  private func claim(
    _ owner: String, _ limit: Int, now: Int = 0, shard: Int = 0, of count: Int = 1,
    gone: Set<String> = []
  ) throws -> [Int] {
    try catalog.claimGenerationItems(
      of: "r",
      claim: GenerationClaim(owner: owner, shard: shard, shardCount: count, now: now, lease: 10),
      limit: limit, isGone: gone.contains
    ).map { $0.prompt * 10 + $0.copy }
  }

  private func attempt(
    _ prompt: Int, _ number: Int, _ outcome: GenerationAttempt.Outcome, seed: UInt64 = 5
  ) -> GenerationAttempt {
    let isKept = outcome == .accepted
    return GenerationAttempt(
      prompt: prompt, copy: 0, attempt: number, seed: seed, outcome: outcome,
      failure: outcome == .unusable ? "black" : nil, relativePath: isKept ? "i.png" : nil,
      fileSHA256: isKept ? String(repeating: "a", count: 64) : nil,
      widthPixels: isKept ? 8 : nil, heightPixels: isKept ? 9 : nil,
      verdicts: outcome == .unusable
        ? []
        : [
          GenerationVerdict(predicate: "race", .untested, reason: "no class"),
          GenerationVerdict(
            predicate: "age", isKept ? .passed : .failed, estimate: "41", score: 41.25),
        ])
  }

  private func record(_ attempts: GenerationAttempt..., owner: String = "a", now: Int = 0) throws {
    try catalog.recordGenerationAttempts(
      attempts, of: "r", claim: GenerationClaim(owner: owner, now: now, lease: 10))
  }

  private func log() throws -> [GenerationAttempt] {
    var log: [GenerationAttempt] = []
    try catalog.forEachGenerationAttempt(of: "r") {
      log.append($0)
      return true
    }
    return log
  }

  @Test("A run is found again, and another of its name or folder is refused")
  func adding() throws {
    #expect(try add(run()) == .created)
    #expect(try add(run()) == .unchanged)
    let other = #expect(throws: CatalogError.self) { try add(run(settings: "{\"a\":1}")) }
    #expect(other?.code == .conflict)
    var second = run()
    second.name = "s"
    let folder = #expect(throws: CatalogError.self) { try add(second) }
    #expect(folder?.code == .conflict && folder?.message.contains("run r") == true)
    #expect(try add(run(settings: "{\"a\":1}"), .replace) == .updated)
    second.folder = "g"
    second.promptSetDigest = "e"
    let changed = #expect(throws: CatalogError.self) { try add(second) }
    #expect(changed?.code == .invalidContent)
    #expect(try catalog.generationRuns().map(\.configurationJSON) == ["{\"a\":1}"])
  }

  @Test("Claims never overlap, follow the order, and cover every copy")
  func claims() throws {
    try add(run(), copies: [1, 0, 3, 1, 0, 1])
    #expect(try claim("a", 2) == [0, 20])
    #expect(try claim("b", 3) == [21, 22, 30])
    #expect(try claim("c", 9) == [50])
    #expect(try claim("d", 9) == [])
    try catalog.releaseGenerationItems(of: "r", owner: "b")
    #expect(try claim("d", 9) == [21, 22, 30])
  }

  @Test("Claims end with their time or their owner, and are renewed by work")
  func endOfClaims() throws {
    try add(run())
    #expect(try claim("a", 3) == [0, 10, 20])
    #expect(try claim("b", 9, now: 9) == [30, 40, 50])
    // Work at time 9 lets the claims of a hold until 19.
    try record(attempt(0, 1, .rejected), now: 9)
    #expect(try claim("c", 9, now: 18) == [])
    #expect(try claim("c", 1, now: 19) == [0])
    #expect(try claim("d", 9, now: 19, gone: ["b"]) == [10, 20, 30, 40, 50])
  }

  @Test("Shards divide the images among them", arguments: [1, 2, 3, 5])
  func shards(_ count: Int) throws {
    try add(run(), copies: [2, 2, 2, 2, 2, 2])
    var seen: [Int] = []
    for shard in 0..<count {
      let open = try catalog.openGenerationItemCount(
        of: "r",
        claim: GenerationClaim(owner: "x", shard: shard, shardCount: count, now: 0, lease: 1))
      let taken = try claim("\(shard)", 99, shard: shard, of: count)
      #expect(taken.count == open && taken == taken.sorted())
      seen += taken
    }
    #expect(seen.sorted() == (0..<6).flatMap { [$0 * 10, $0 * 10 + 1] })
  }

  @Test("An item brings its prompt and the findings of its source")
  func items() throws {
    try add(run())
    let items = try catalog.claimGenerationItems(
      of: "r", claim: GenerationClaim(owner: "a", now: 0, lease: 1), limit: 9,
      isGone: { _ in false })
    #expect(items.map(\.text) == (0..<6).map { "t\($0)" })
    #expect(items[0].findings[.edema] == .positive && items[5].findings[.edema] == .negative)
    #expect(items[0].sourceDataset == "tiny" && items[5].sourceImageName == "c.png")
    #expect(items[0].sex == .male && items[0].race == .hispanic && items[0].ageYears == 40)
  }

  @Test("The log gives attempts back as they were, in order, and decides on the image")
  func recording() throws {
    try add(run())
    _ = try claim("a", 6)
    let attempts = [
      attempt(2, 1, .rejected), attempt(0, 1, .accepted), attempt(2, 2, .unusable),
      attempt(1, 1, .unusable),
    ]
    for attempt in attempts { try record(attempt) }
    #expect(try log() == [attempts[1], attempts[3], attempts[0], attempts[2]])
    let counts = try catalog.generationCounts(of: "r")
    func count(_ state: GenerationItem.State) -> Int {
      counts.items.filter { $0.state == state }.reduce(0) { $0 + $1.count }
    }
    #expect(count(.accepted) == 1 && count(.discarded) == 1 && count(.open) == 4)
    #expect(counts.items.first { $0.state == .accepted }?.hasUntested == true)
    #expect(try catalog.claimedGenerationItemCount(of: "r") == 4)
    #expect(try catalog.verify().allSatisfy { $0.problems.isEmpty })
  }

  @Test("The same attempt is logged once; one that ended otherwise, and a gap, are refused whole")
  func repeated() throws {
    try add(run())
    try record(attempt(0, 1, .rejected))
    try record(attempt(0, 1, .rejected), owner: "b")
    #expect(try log().count == 1)
    let other = #expect(throws: CatalogError.self) {
      try record(attempt(1, 1, .accepted), attempt(0, 1, .accepted))
    }
    #expect(other?.code == .conflict)
    for bad in [attempt(0, 3, .rejected), attempt(9, 1, .rejected)] {
      let error = #expect(throws: CatalogError.self) { try record(attempt(1, 1, .accepted), bad) }
      #expect(error?.code == .invalidContent)
    }
    try record(attempt(0, 2, .rejected))
    #expect(throws: CatalogError.self) { try record(attempt(0, 3, .accepted)) }
    #expect(try log().map(\.prompt) == [0, 0])
  }

  @Test("A run outlives its prompts and a new ingest, and goes with its log when it is removed")
  func independence() throws {
    try add(run())
    try record(attempt(0, 1, .accepted))
    try catalog.removePromptSet("p")
    _ = try catalog.replaceDataset(
      CatalogFixture.content(digest: "2"), provenance: CatalogFixture.provenance)
    #expect(try claim("a", 9).count == 5)
    #expect(try catalog.acceptedImages(of: "r").map(\.sourcePatientKey) == ["p1"])
    try catalog.removeGenerationRun("r")
    #expect(try catalog.generationRuns().isEmpty)
    let error = #expect(throws: CatalogError.self) { try log() }
    #expect(error?.code == .unknownName)
    #expect(try catalog.verify().allSatisfy { $0.problems.isEmpty })
  }
}
