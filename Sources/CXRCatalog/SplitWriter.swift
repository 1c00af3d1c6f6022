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
    let members = split.partByImageName.compactMap { name, part in
      idByName[name].map { (id: $0, part: part) }
    }
    for member in members.sorted(by: { $0.id < $1.id }) {
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
