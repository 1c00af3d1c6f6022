// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Stores a cohort.
  ///
  /// - Parameters:
  ///   - cohort: The cohort.
  ///   - policy: What to do when the name is taken by another cohort.
  ///   - provenance: How the cohort was made.
  /// - Returns: Whether anything was written: an equal content digest means nothing, unless a dataset
  ///   was ingested or a split made anew since; then the new provenance says that the cohort still
  ///   holds.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name is taken, `.invalidContent`
  ///   when a radiograph is not in the catalog.
  /// - Complexity: O(*n* log *n*) for *n* members.
  public func addCohort(
    _ cohort: CohortContent, onConflict policy: ConflictPolicy = .refuse, provenance: Provenance
  ) throws -> WriteOutcome {
    try write { database in
      let former = try Row.fetchOne(
        database, sql: "SELECT id, definition, contentDigest FROM cohort WHERE name = ?",
        arguments: [cohort.name])
      if let former {
        let id: Int64 = former["id"]
        let outdated = try Self.outdatedDatasets(cohortID: id, in: database)
        if former["contentDigest"] == cohort.contentDigest,
          try Self.memberCount(cohortID: id, in: database) == cohort.radiographIDs.count
        {
          let splits = try Self.outdated(cohort.splits, cohortID: id, in: database)
          guard !outdated.isEmpty || !splits.isEmpty else { return .unchanged }
          try database.execute(
            sql: "UPDATE cohort SET provenanceID = ? WHERE id = ?",
            arguments: [try Self.insert(provenance, into: database), id])
          return .updated
        }
        guard policy == .replace else {
          throw Self.conflict(
            cohort.name, hasSameDefinition: former["definition"] == cohort.definition,
            outdated: outdated)
        }
      }
      let provenanceID = try Self.insert(provenance, into: database)
      try database.execute(sql: "DELETE FROM cohort WHERE name = ?", arguments: [cohort.name])
      try database.execute(
        sql: """
          INSERT INTO cohort (name, definition, contentDigest, provenanceID) VALUES (?, ?, ?, ?)
          """,
        arguments: [cohort.name, cohort.definition, cohort.contentDigest, provenanceID])
      try Self.insert(cohort, cohortID: database.lastInsertedRowID, into: database)
      return former == nil ? .created : .updated
    }
  }

  /// Removes a cohort; its radiographs stay.
  ///
  /// - Parameter name: The name of the cohort.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown cohort.
  public func removeCohort(_ name: String) throws {
    try write { database in
      let id = try Self.cohortID(name, in: database)
      try database.execute(sql: "DELETE FROM cohort WHERE id = ?", arguments: [id])
    }
  }

  /// Returns the stored cohorts.
  ///
  /// - Returns: The cohorts by name.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func cohorts() throws -> [CohortInfo] {
    try read { try Self.cohortInfo(in: $0) }
  }

  static func cohortInfo(in database: Database) throws -> [CohortInfo] {
    try Int64.fetchAll(database, sql: "SELECT id FROM cohort ORDER BY name")
      .map { try info(cohortID: $0, in: database) }
  }

  /// Returns a stored cohort.
  ///
  /// - Parameter name: The name of the cohort.
  /// - Returns: The cohort in numbers.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown cohort.
  public func cohort(_ name: String) throws -> CohortInfo {
    try read { database in
      try Self.info(cohortID: Self.cohortID(name, in: database), in: database)
    }
  }

  /// Returns the members of a cohort.
  ///
  /// - Parameter name: The name of the cohort.
  /// - Returns: The ids of its radiographs, ascending.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown cohort.
  public func radiographIDs(cohort name: String) throws -> [Int64] {
    try read { database in
      let id = try Self.cohortID(name, in: database)
      return try Self.ids(
        "SELECT radiographID FROM cohortMember WHERE cohortID = \(id) ORDER BY radiographID",
        in: database)
    }
  }

  private static func insert(
    _ cohort: CohortContent, cohortID: Int64, into database: Database
  ) throws {
    let member = try BulkStatement(database, "INSERT INTO cohortMember VALUES (\(cohortID), ?)")
    for (position, id) in cohort.radiographIDs.enumerated() {
      if position % 4096 == 0 { try Task.checkCancellation() }
      member.bind(id, at: 1)
      try member.run()
    }
    var positions: [String: Int] = [:]
    for step in cohort.steps {
      let position = positions[step.dataset, default: 0]
      positions[step.dataset] = position + 1
      try database.execute(
        sql: "INSERT INTO cohortStep VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          cohortID, step.dataset, position, step.kind.rawValue, step.name, step.radiographCount,
          step.studyCount, step.patientCount,
        ])
    }
  }

  private static func conflict(
    _ name: String, hasSameDefinition: Bool, outdated: [String]
  ) -> CatalogError {
    guard hasSameDefinition else {
      return CatalogError(
        .conflict,
        "The catalog already has another cohort \(name); choose another name, or replace it with "
          + "--replace.")
    }
    let reason =
      outdated.isEmpty
      ? "" : ", because \(NumberText.list(outdated)) was ingested again after it was made"
    return CatalogError(
      .conflict,
      "The definition of cohort \(name) now chooses other radiographs\(reason); replace it with "
        + "--replace, or choose another name to keep both.")
  }

  /// The datasets of a cohort that were ingested anew after it was made: rows of `provenance` are
  /// numbered in the order of writing, and none is ever removed.
  private static func outdatedDatasets(
    cohortID: Int64, in database: Database
  ) throws -> [String] {
    try String.fetchAll(
      database,
      sql: """
        SELECT DISTINCT dataset.name FROM cohort
        JOIN cohortStep ON cohortStep.cohortID = cohort.id
        JOIN dataset ON dataset.name = cohortStep.dataset
        WHERE cohort.id = ? AND dataset.provenanceID > cohort.provenanceID ORDER BY 1
        """,
      arguments: [cohortID])
  }

  /// Returns which splits are not those any more by which a cohort was chosen.
  ///
  /// - Parameters:
  ///   - splits: The splits that the cohort's definition names.
  ///   - name: The name of the cohort.
  /// - Returns: Those that were removed, or made anew after the cohort.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown cohort.
  public func outdated(_ splits: [CohortSplit], ofCohort name: String) throws -> [CohortSplit] {
    try read { database in
      try Self.outdated(splits, cohortID: Self.cohortID(name, in: database), in: database)
    }
  }

  private static func outdated(
    _ splits: [CohortSplit], cohortID: Int64, in database: Database
  ) throws -> [CohortSplit] {
    try splits.compactMap { split in
      let isCurrent = try Bool.fetchOne(
        database,
        sql: """
          SELECT split.provenanceID <= cohort.provenanceID
          FROM split JOIN dataset ON dataset.id = datasetID, cohort
          WHERE dataset.name = ? AND split.name = ? AND cohort.id = ?
          """,
        arguments: [split.dataset, split.split, cohortID])
      guard isCurrent != true else { return nil }
      return CohortSplit(
        dataset: split.dataset, split: split.split, isPresent: isCurrent != nil)
    }
  }

  private static func memberCount(cohortID: Int64, in database: Database) throws -> Int {
    try count("cohortMember WHERE cohortID = \(cohortID)", in: database)
  }

  private static func info(cohortID: Int64, in database: Database) throws -> CohortInfo {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT name, definition, contentDigest, commandLine, startedAt FROM cohort
        JOIN provenance ON provenance.id = provenanceID WHERE cohort.id = ?
        """,
      arguments: [cohortID])
    let steps = try Row.fetchAll(
      database, sql: "SELECT * FROM cohortStep WHERE cohortID = ? ORDER BY dataset, position",
      arguments: [cohortID]
    ).map { step in
      CohortStep(
        dataset: step["dataset"], kind: CohortStep.Kind(rawValue: step["kind"]) ?? .excluded,
        name: step["step"], radiographCount: step["radiographCount"],
        studyCount: step["studyCount"], patientCount: step["patientCount"])
    }
    return CohortInfo(
      name: row?["name"] ?? "", definition: row?["definition"] ?? "",
      contentDigest: row?["contentDigest"] ?? "", commandLine: row?["commandLine"] ?? "",
      madeAt: row?["startedAt"] ?? "",
      radiographCount: try memberCount(cohortID: cohortID, in: database),
      patientCount: try Int.fetchOne(
        database,
        sql: """
          SELECT COUNT(DISTINCT patientID) FROM cohortMember
          JOIN radiograph ON radiograph.id = radiographID WHERE cohortID = \(cohortID)
          """) ?? 0,
      outdatedDatasets: try outdatedDatasets(cohortID: cohortID, in: database), steps: steps)
  }
}
