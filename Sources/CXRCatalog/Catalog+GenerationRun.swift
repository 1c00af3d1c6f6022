// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Enters a generation run with its prompts and the images that are wanted, or finds it again.
  ///
  /// Several processes may enter the same run at the same time; the first one does it.
  ///
  /// A run that takes the place of another one in the same folder is marked: the files there are the
  /// former run's until ``takeFormerFiles(of:away:)`` has been called.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - copies: The number of images for each prompt of the set, in its order.
  ///   - policy: What to do when the name is taken by a run in another folder or with other settings.
  ///   - provenance: The command that generates.
  ///   - isWorking: Whether the owner of a claim, which holds until a time in seconds since 1970, may
  ///     still be at work; a run is not replaced under it.
  /// - Returns: `.unchanged` if the catalog has the same run.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name or the folder is taken, or a
  ///   process works on the run that would be replaced; `.unknownName` for an unknown prompt set,
  ///   `.invalidContent` if the prompt set is another one than the run says.
  /// - Complexity: O(*n*) for *n* images.
  public func addGenerationRun(
    _ run: GenerationRunContent, copies: [Int], onConflict policy: ConflictPolicy = .refuse,
    provenance: Provenance, isWorking: (_ owner: String, _ until: Int) -> Bool = { _, _ in false }
  ) throws -> WriteOutcome {
    try write { database in
      if let other = try String.fetchOne(
        database, sql: "SELECT name FROM generationRun WHERE folder = ? AND name <> ?",
        arguments: [run.folder, run.name])
      {
        throw CatalogError(
          .conflict, "The folder of the images is that of run \(other) already; name another one.")
      }
      let former = try Row.fetchOne(
        database, sql: "SELECT * FROM generationRun WHERE name = ?", arguments: [run.name])
      if let former {
        if Self.generationRun(former).isSame(as: run) { return .unchanged }
        guard policy == .replace else {
          throw CatalogError(
            .conflict,
            "There already is another generation run named \(run.name), in "
              + "\(former["folder"] as String) or with other prompts or settings; choose another "
              + "--name, or replace it with --replace.")
        }
        try Self.refuseIfClaimed(former, isWorking: isWorking, in: database)
        try database.execute(
          sql: "DELETE FROM generationRun WHERE id = ?", arguments: [former["id"] as Int64])
      }
      let promptSetID = try Self.promptSetID(run.promptSet, in: database)
      let set = try Row.fetchOne(
        database,
        sql: """
          SELECT contentDigest,
            (SELECT COUNT(*) FROM prompt WHERE promptSetID = promptSet.id) AS promptCount
          FROM promptSet WHERE id = ?
          """, arguments: [promptSetID])
      guard set?["contentDigest"] == run.promptSetDigest, set?["promptCount"] == copies.count else {
        throw CatalogError(
          .invalidContent,
          "The prompts \(run.promptSet) have changed since they were read; give the command again.")
      }
      let provenanceID = try Self.insert(provenance, into: database)
      let hasFormerFiles = former?["folder"] == run.folder
      try database.execute(
        sql: """
          INSERT INTO generationRun (name, folder, promptSet, promptSetDigest, configurationJSON,
            attemptLimit, provenanceID, hasFormerFiles) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.name, run.folder, run.promptSet, run.promptSetDigest, run.configurationJSON,
          run.attemptLimit, provenanceID, hasFormerFiles,
        ])
      try Self.insertItems(
        runID: database.lastInsertedRowID, promptSetID: promptSetID, copies: copies, into: database)
      return former == nil ? .created : .updated
    }
  }

  /// Has the files taken away that a run found in its folder when it replaced another one.
  ///
  /// One process does it while others wait, and only once: what is there later is the run's own.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - takeAway: Takes the files away; if it throws, it is called again the next time. It must not
  ///     use the catalog, and be quick.
  /// - Throws: ``CatalogError`` with code `.unknownName`; what `takeAway` throws.
  public func takeFormerFiles(of run: String, away takeAway: () throws -> Void) throws {
    let isPending = { (database: Database) throws -> Int64? in
      let id = try Self.generationRunID(run, in: database)
      let isMarked = try Bool.fetchOne(
        database, sql: "SELECT hasFormerFiles FROM generationRun WHERE id = ?", arguments: [id])
      return isMarked == true ? id : nil
    }
    guard try read(isPending) != nil else { return }
    try write { database in
      guard let id = try isPending(database) else { return }
      try takeAway()
      try database.execute(
        sql: "UPDATE generationRun SET hasFormerFiles = 0 WHERE id = ?", arguments: [id])
    }
  }

  /// Refuses to go on while a process works on a run.
  private static func refuseIfClaimed(
    _ run: Row, isWorking: (_ owner: String, _ until: Int) -> Bool, in database: Database
  ) throws {
    let claims = try Row.fetchAll(
      database,
      sql: """
        SELECT claimOwner, MAX(claimedUntil) AS until FROM generationItem
        WHERE generationRunID = ? AND claimOwner IS NOT NULL GROUP BY claimOwner
        """, arguments: [run["id"] as Int64])
    guard claims.contains(where: { isWorking($0["claimOwner"], $0["until"]) }) else { return }
    throw CatalogError(
      .conflict,
      "Another process makes images of the run \(run["name"] as String) that would be replaced; end "
        + "it first. What a process elsewhere claimed and left is free when its claim has run out.")
  }

  private static func insertItems(
    runID: Int64, promptSetID: Int64, copies: [Int], into database: Database
  ) throws {
    let findings = Finding.allCases.map(\.columnName)
    try database.execute(
      sql: """
        INSERT INTO generationPrompt (generationRunID, prompt, sourceDataset, sourceImageName,
          variation, sex, race, ageYears, impression, text, \(findings.joined(separator: ", ")))
        SELECT ?, position, dataset.name, imageName, variation, sex, race, prompt.ageYears,
          impression, text, \(findings.map { "finding.\($0)" }.joined(separator: ", "))
        FROM prompt JOIN radiograph ON radiograph.id = prompt.radiographID
        JOIN dataset ON dataset.id = datasetID
        LEFT JOIN finding ON finding.radiographID = radiograph.id WHERE promptSetID = ?
        """, arguments: [runID, promptSetID])
    let insert = try BulkStatement(
      database, "INSERT INTO generationItem VALUES (\(runID), ?, ?, 'open', 0, NULL, NULL)")
    for (prompt, count) in copies.enumerated() {
      if prompt % 4096 == 0 { try Task.checkCancellation() }
      for copy in 0..<count {
        insert.bind(prompt, at: 1)
        insert.bind(copy, at: 2)
        try insert.run()
      }
    }
  }

  /// Removes a generation run and its log; its files and the dataset of its images stay.
  ///
  /// - Parameter name: The name of the run.
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  public func removeGenerationRun(_ name: String) throws {
    try write { database in
      let id = try Self.generationRunID(name, in: database)
      try database.execute(sql: "DELETE FROM generationRun WHERE id = ?", arguments: [id])
    }
  }

  /// Returns the generation runs, by name.
  ///
  /// - Returns: The runs.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func generationRuns() throws -> [GenerationRunContent] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM generationRun ORDER BY name")
        .map(Self.generationRun)
    }
  }

  /// Returns a generation run.
  ///
  /// - Parameter name: The name of the run.
  /// - Returns: The run.
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  public func generationRun(_ name: String) throws -> GenerationRunContent {
    _ = try read { try Self.generationRunID(name, in: $0) }
    guard let run = try generationRuns().first(where: { $0.name == name }) else {
      throw CatalogError(.unknownName, "There is no generation run \(name).")
    }
    return run
  }

  static func generationRunID(_ name: String, in database: Database) throws -> Int64 {
    try id(
      of: name, kind: "generation run", in: database,
      sql: "SELECT name, id FROM generationRun ORDER BY name")
  }

  /// Finds a run, and makes sure that it is still the one that a process works on.
  static func generationRunID(
    _ name: String, of claim: GenerationClaim, in database: Database
  ) throws -> Int64 {
    let id = try generationRunID(name, in: database)
    if let run = claim.run {
      let found = try Row.fetchOne(
        database, sql: "SELECT * FROM generationRun WHERE id = ?", arguments: [id])
      guard found.map(generationRun)?.isSame(as: run) == true else {
        throw CatalogError(
          .conflict,
          "The generation run \(name) was replaced by another one; nothing of the former run is "
            + "logged any more.")
      }
    }
    return id
  }

  private static func generationRun(_ row: Row) -> GenerationRunContent {
    var run = GenerationRunContent(
      name: row["name"], folder: row["folder"], promptSet: row["promptSet"],
      promptSetDigest: row["promptSetDigest"], configurationJSON: row["configurationJSON"],
      attemptLimit: row["attemptLimit"])
    run.dataset = row["dataset"]
    return run
  }
}
