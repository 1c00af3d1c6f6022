// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Stores a prompt set.
  ///
  /// - Parameters:
  ///   - set: The prompt set.
  ///   - policy: What to do when the name is taken by other prompts.
  ///   - provenance: How the prompts were made.
  /// - Returns: Whether anything was written: an equal content digest means nothing.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name is taken, `.invalidContent` when
  ///   a radiograph is not in the catalog, or `CancellationError`; the catalog then is as it was.
  /// - Complexity: O(*n*) for *n* prompts.
  public func addPromptSet(
    _ set: PromptSetContent, onConflict policy: ConflictPolicy = .refuse, provenance: Provenance
  ) throws -> WriteOutcome {
    try write { database in
      let former = try Row.fetchOne(
        database, sql: "SELECT id, contentDigest FROM promptSet WHERE name = ?",
        arguments: [set.name])
      if let former {
        if former["contentDigest"] == set.contentDigest { return .unchanged }
        guard policy == .replace else {
          throw CatalogError(
            .conflict,
            "There already are other prompts named \(set.name); choose another --name, or replace "
              + "them with --replace.")
        }
        try Self.deletePromptSet(former["id"], in: database)
      }
      let provenanceID = try Self.insert(provenance, into: database)
      try database.execute(
        sql: """
          INSERT INTO promptSet (name, template, optionsJSON, contentDigest, provenanceID)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [set.name, set.template, set.optionsJSON, set.contentDigest, provenanceID])
      try Self.insert(set.prompts, promptSetID: database.lastInsertedRowID, into: database)
      return former == nil ? .created : .updated
    }
  }

  /// Removes a prompt set.
  ///
  /// - Parameter name: The name of the prompt set.
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  public func removePromptSet(_ name: String) throws {
    try write { database in
      try Self.deletePromptSet(try Self.promptSetID(name, in: database), in: database)
    }
  }

  private static func insert(
    _ prompts: [PromptRecord], promptSetID: Int64, into database: Database
  ) throws {
    let insert = try BulkStatement(
      database, "INSERT INTO prompt VALUES (\(promptSetID), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (position, prompt) in prompts.enumerated() {
      if position % 4096 == 0 { try Task.checkCancellation() }
      insert.bind(position, at: 1)
      insert.bind(prompt.radiographID, at: 2)
      insert.bind(prompt.variation, at: 3)
      insert.bind(prompt.sex?.rawValue, at: 4)
      insert.bind(prompt.race?.rawValue, at: 5)
      insert.bind(prompt.ageYears, at: 6)
      insert.bind(prompt.impression, at: 7)
      insert.bind(prompt.text, at: 8)
      insert.bind(prompt.tokenCount, at: 9)
      insert.bind(prompt.shortening, at: 10)
      insert.bind(prompt.removedText, at: 11)
      try insert.run()
    }
  }

  /// Deletes a prompt set; its prompts go with it.
  private static func deletePromptSet(_ id: Int64, in database: Database) throws {
    try database.execute(sql: "DELETE FROM promptSet WHERE id = ?", arguments: [id])
  }
}
