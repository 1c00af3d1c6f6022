// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Finds or creates the studies of a dataset's patients.
struct StudyWriter {
  private var ids: [Key: Int64] = [:]
  private var nextID: Int64
  private let insert: BulkStatement

  private struct Key: Hashable {
    let patientID: Int64
    let studyKey: String
  }

  init(database: Database, datasetID: Int64) throws {
    nextID =
      try Int64.fetchOne(database, sql: "SELECT COALESCE(MAX(id), 0) + 1 FROM study") ?? 1
    insert = try BulkStatement(
      database, "INSERT INTO study (id, patientID, studyKey) VALUES (?, ?, ?)")
    let select = try BulkStatement(
      database,
      """
      SELECT study.id, patientID, studyKey FROM study
      JOIN patient ON patient.id = patientID WHERE datasetID = \(datasetID)
      """)
    while try select.step() {
      guard let studyKey = select.text(at: 2) else { continue }
      ids[Key(patientID: select.integer(at: 1), studyKey: studyKey)] = select.integer(at: 0)
    }
  }

  /// Returns the id of a study, or `nil` where the dataset has no studies.
  mutating func id(of studyKey: String?, patientID: Int64) throws -> Int64? {
    guard let studyKey else { return nil }
    let key = Key(patientID: patientID, studyKey: studyKey)
    if let id = ids[key] { return id }
    let id = nextID
    nextID += 1
    insert.bind(id, at: 1)
    insert.bind(patientID, at: 2)
    insert.bind(studyKey, at: 3)
    try insert.run()
    ids[key] = id
    return id
  }
}
