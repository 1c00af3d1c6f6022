// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Finds or creates the studies of radiographs, one query per study.
struct StudyWriter {
  let database: Database
  private var ids: [Key: Int64] = [:]

  private struct Key: Hashable {
    let patientID: Int64
    let studyKey: String
  }

  init(database: Database) { self.database = database }

  /// Returns the id of a study, or `nil` where the dataset has no studies.
  mutating func id(of studyKey: String?, patientID: Int64) throws -> Int64? {
    guard let studyKey else { return nil }
    let key = Key(patientID: patientID, studyKey: studyKey)
    if let id = ids[key] { return id }
    let id = try Int64.fetchOne(
      database,
      sql: """
        INSERT INTO study (patientID, studyKey) VALUES (?, ?)
        ON CONFLICT (patientID, studyKey) DO UPDATE SET studyKey = excluded.studyKey RETURNING id
        """,
      arguments: [patientID, studyKey])
    ids[key] = id
    return id
  }
}
