// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Writes a split within a transaction.
struct SplitWriter {
  let database: Database
  let datasetID: Int64

  /// Stores a split, replacing a former one of the same name.
  ///
  /// - Throws: ``CatalogError`` with code `.invalidContent` if a patient is in two parts.
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
    let insert = try BulkStatement(
      database, "INSERT INTO splitMember (splitID, radiographID, part) VALUES (\(splitID), ?, ?)")
    for member in members {
      insert.bind(member.id, at: 1)
      insert.bind(member.part, at: 2)
      try insert.run()
    }
    let sharedPatientCount = try Self.sharedPatientCount(splitID: splitID, in: database)
    guard sharedPatientCount == 0 else {
      throw CatalogError(
        .invalidContent,
        "Split \(split.name) has images of \(sharedPatientCount) patients in more than one part; "
          + "divide by patient.")
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

  /// The number of patients with radiographs in more than one part of a split.
  static func sharedPatientCount(splitID: Int64, in database: Database) throws -> Int {
    try Int.fetchOne(
      database,
      sql: """
        SELECT COUNT(*) FROM (
          SELECT patientID FROM splitMember
          JOIN radiograph ON radiograph.id = splitMember.radiographID
          WHERE splitID = ? GROUP BY patientID HAVING COUNT(DISTINCT part) > 1)
        """,
      arguments: [splitID]) ?? 0
  }
}
