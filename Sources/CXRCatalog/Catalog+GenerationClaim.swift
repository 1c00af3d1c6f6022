// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Takes open images of a run, first ones first, for a process to make.
  ///
  /// An image that another process has claimed is taken over once that claim has run out or its
  /// owner is known to be gone. All claims of the owner are renewed. Claims save work, nothing
  /// depends on them: should two processes make the same image, they make the same one, and
  /// ``recordGenerationAttempts(_:of:claim:)`` keeps it once.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - claim: Who takes them.
  ///   - limit: The most images to take.
  ///   - isGone: Whether the owner of a claim is known to live no more.
  /// - Returns: The images, by prompt and copy; none if there is none left to take.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown run, `.conflict` if another
  ///   run has taken its place, `.locked`.
  public func claimGenerationItems(
    of run: String, claim: GenerationClaim, limit: Int, isGone: (String) -> Bool
  ) throws -> [GenerationItem] {
    try write { database in
      let id = try Self.generationRunID(run, of: claim, in: database)
      try Self.renew(claim, runID: id, in: database)
      for owner in try String.fetchAll(
        database,
        sql: """
          SELECT DISTINCT claimOwner FROM generationItem
          WHERE generationRunID = ? AND claimOwner IS NOT NULL AND claimOwner <> ?
          """, arguments: [id, claim.owner]) where isGone(owner)
      {
        try Self.release(owner, runID: id, in: database)
      }
      let items = try Self.openItems(runID: id, claim: claim, limit: limit, in: database)
      let update = try BulkStatement(
        database,
        """
        UPDATE generationItem SET claimOwner = ?, claimedUntil = ?
        WHERE generationRunID = \(id) AND prompt = ? AND copy = ?
        """)
      for item in items {
        update.bind(claim.owner, at: 1)
        update.bind(claim.now + claim.lease, at: 2)
        update.bind(item.prompt, at: 3)
        update.bind(item.copy, at: 4)
        try update.run()
      }
      return items
    }
  }

  /// Lets the claims of a process hold on.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - claim: Whose claims, and until when.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown run, `.conflict` if another
  ///   run has taken its place.
  public func renewGenerationClaims(of run: String, claim: GenerationClaim) throws {
    try write { database in
      let id = try Self.generationRunID(run, of: claim, in: database)
      try Self.renew(claim, runID: id, in: database)
    }
  }

  /// Gives back what a process has claimed and not finished.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - owner: What identifies the process.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown run.
  public func releaseGenerationItems(of run: String, owner: String) throws {
    try write { database in
      try Self.release(owner, runID: try Self.generationRunID(run, in: database), in: database)
    }
  }

  /// Counts the images of a run, or of a shard of it, that are neither accepted nor discarded.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - claim: Which shard is meant.
  /// - Returns: The number, those that other processes have claimed included.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown run.
  public func openGenerationItemCount(of run: String, claim: GenerationClaim) throws -> Int {
    try read { database in
      let id = try Self.generationRunID(run, in: database)
      return try Self.count(
        "generationItem WHERE generationRunID = \(id) AND state = 'open' AND \(claim.sql)",
        in: database)
    }
  }

  /// Counts the images of a run that processes have claimed, dead or alive.
  ///
  /// - Parameter run: The name of the run.
  /// - Returns: The number.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown run.
  public func claimedGenerationItemCount(of run: String) throws -> Int {
    try read { database in
      let id = try Self.generationRunID(run, in: database)
      return try Self.count(
        "generationItem WHERE generationRunID = \(id) AND claimOwner IS NOT NULL", in: database)
    }
  }

  private static func openItems(
    runID: Int64, claim: GenerationClaim, limit: Int, in database: Database
  ) throws -> [GenerationItem] {
    let findings = Finding.allCases.map(\.columnName).joined(separator: ", ")
    let select = try BulkStatement(
      database,
      """
      SELECT prompt, copy, attemptCount, sourceDataset, sourceImageName, variation, sex, race,
        ageYears, text, \(findings)
      FROM (
        SELECT prompt, copy, attemptCount FROM generationItem
        WHERE generationRunID = \(runID) AND state = 'open' AND \(claim.sql)
          AND (claimOwner IS NULL OR claimedUntil <= \(claim.now))
        ORDER BY prompt, copy LIMIT \(limit)
      ) JOIN generationPrompt USING (prompt)
      WHERE generationRunID = \(runID) ORDER BY prompt, copy
      """)
    var items: [GenerationItem] = []
    while try select.step() {
      let isKnown = select.optionalInteger(at: 10) != nil
      items.append(
        GenerationItem(
          prompt: Int(select.integer(at: 0)), copy: Int(select.integer(at: 1)),
          attemptCount: Int(select.integer(at: 2)), sourceDataset: select.text(at: 3) ?? "",
          sourceImageName: select.text(at: 4) ?? "", variation: Int(select.integer(at: 5)),
          sex: select.text(at: 6).flatMap(Sex.init), race: select.text(at: 7).flatMap(Race.init),
          ageYears: select.optionalInteger(at: 8).map { Int($0) }, text: select.text(at: 9) ?? "",
          findings: isKnown
            ? select.findingStates(from: 10) : FindingStates(allAre: .unannotated)))
    }
    return items
  }

  /// Lets the claims of an owner hold on.
  static func renew(_ claim: GenerationClaim, runID: Int64, in database: Database) throws {
    try database.execute(
      sql: """
        UPDATE generationItem SET claimedUntil = ? WHERE generationRunID = ? AND claimOwner = ?
        """, arguments: [claim.now + claim.lease, runID, claim.owner])
  }

  private static func release(_ owner: String, runID: Int64, in database: Database) throws {
    try database.execute(
      sql: """
        UPDATE generationItem SET claimOwner = NULL, claimedUntil = NULL
        WHERE generationRunID = ? AND claimOwner = ?
        """, arguments: [runID, owner])
  }
}
