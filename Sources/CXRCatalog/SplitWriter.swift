// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Writes a split within a transaction.
struct SplitWriter {
  let database: Database
  let datasetID: Int64

  /// Stores a split, replacing a former one of the same name.
  ///
  /// - Throws: ``CatalogError`` with code `.invalidContent` if a patient, or an image by its pixels,
  ///   is in two parts.
  func write(
    _ split: SplitContent, idByName: [String: Int64], provenanceID: Int64
  ) throws {
    let members = split.partByImageName.compactMap { name, part in
      idByName[name].map { (id: $0, part: part) }
    }.sorted { $0.id < $1.id }
    if try formerParts(of: split.name)
      != Dictionary(uniqueKeysWithValues: members.map { ($0.id, $0.part) })
    {
      try forgetThresholds(of: split.name)
    }
    try database.execute(
      sql: "DELETE FROM split WHERE datasetID = ? AND name = ?", arguments: [datasetID, split.name])
    try database.execute(
      sql: """
        INSERT INTO split (datasetID, name, method, seed, detail, provenanceID)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [datasetID, split.name, split.method, split.seed, split.detail, provenanceID])
    let splitID = database.lastInsertedRowID
    do {
      try insert(members, into: "splitMember", splitID: splitID)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      // The table takes no member that breaks the rule; a table without rules shows all that do.
      try database.execute(
        sql: "CREATE TEMP TABLE refusedMember (splitID INTEGER, radiographID INTEGER, part TEXT)")
      try insert(members, into: "refusedMember", splitID: splitID)
      try requireDisjointParts(of: split.name, in: "refusedMember", splitID: splitID)
      throw error
    }
    try requireDisjointParts(of: split.name, in: "splitMember", splitID: splitID)
  }

  private func insert(
    _ members: [(id: Int64, part: String)], into table: String, splitID: Int64
  ) throws {
    let insert = try BulkStatement(
      database, "INSERT INTO \(table) (splitID, radiographID, part) VALUES (\(splitID), ?, ?)")
    for member in members {
      insert.bind(member.id, at: 1)
      insert.bind(member.part, at: 2)
      try insert.run()
    }
  }

  private func requireDisjointParts(
    of name: String, in table: String, splitID: Int64
  ) throws {
    let overlaps = try PartOverlap.all(splitID: splitID, table: table, in: database)
    guard overlaps.isEmpty else {
      throw CatalogError(
        .invalidContent,
        "Split \(name) has \(overlaps.map(\.description).joined(separator: "; ")). Put all images "
          + "of a patient into one part, and images with the same pixels as well; the methods "
          + "proportions and stratified do both.")
    }
  }

  /// Removes a split, and the thresholds that were chosen on it.
  func remove(_ name: String) throws {
    try forgetThresholds(of: name)
    try database.execute(
      sql: "DELETE FROM split WHERE datasetID = ? AND name = ?", arguments: [datasetID, name])
  }

  /// Removes the thresholds that were chosen on a split: once its parts are others, nobody can say
  /// any more which patients they have seen.
  private func forgetThresholds(of name: String) throws {
    try database.execute(
      sql: """
        DELETE FROM threshold WHERE split = ? AND predictionRunID IN
          (SELECT id FROM predictionRun WHERE datasetID = ?)
        """,
      arguments: [name, datasetID])
  }

  /// The parts of the stored split of a name, by radiograph.
  private func formerParts(of name: String) throws -> [Int64: String] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT radiographID, part FROM splitMember JOIN split ON split.id = splitID
        WHERE datasetID = ? AND name = ?
        """,
      arguments: [datasetID, name])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as Int64, $0[1] as String) })
  }
}
