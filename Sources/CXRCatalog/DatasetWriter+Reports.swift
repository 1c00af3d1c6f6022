// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension DatasetWriter {
  /// Writes what the dataset says of radiographs beyond the catalog's columns.
  func writeAttributes(radiographIDs: [Int64]) throws {
    try database.execute(
      sql: """
        DELETE FROM radiographAttribute WHERE radiographID IN
          (SELECT id FROM radiograph WHERE datasetID = ?)
        """,
      arguments: [datasetID])
    let insert = try BulkStatement(database, "INSERT INTO radiographAttribute VALUES (?, ?, ?)")
    for (id, radiograph) in zip(radiographIDs, content.radiographs) {
      for attribute in radiograph.attributes {
        insert.bind(id, at: 1)
        insert.bind(attribute.name, at: 2)
        insert.bind(attribute.value, at: 3)
        try insert.run()
      }
    }
  }

  /// Writes the reports.
  func writeReports(patientIDs: [Int64], studies: inout StudyWriter) throws {
    try database.execute(sql: "DELETE FROM reportSection WHERE studyID IN (\(ofDataset))")
    let insert = try BulkStatement(database, "INSERT INTO reportSection VALUES (?, ?, ?)")
    for (position, report) in content.reports.enumerated() {
      if position % 4096 == 0 { try Task.checkCancellation() }
      let studyID = try studies.id(
        of: report.studyKey, patientID: patientIDs[report.patientIndex])
      for section in report.sections {
        insert.bind(studyID, at: 1)
        insert.bind(section.name, at: 2)
        insert.bind(section.text, at: 3)
        try insert.run()
      }
    }
  }

  /// Removes the studies that nothing refers to any more.
  func removeEmptyStudies() throws {
    try database.execute(
      sql: """
        DELETE FROM study WHERE id IN (\(ofDataset))
          AND NOT EXISTS (SELECT 1 FROM radiograph WHERE studyID = study.id)
          AND NOT EXISTS (SELECT 1 FROM reportSection WHERE studyID = study.id)
        """)
  }

  /// Removes the patients that have no radiograph any more.
  func removeEmptyPatients() throws {
    try database.execute(
      sql: """
        DELETE FROM patient WHERE datasetID = ?
          AND NOT EXISTS (SELECT 1 FROM radiograph WHERE patientID = patient.id)
        """,
      arguments: [datasetID])
  }

  /// Refuses content that puts a patient into two parts of a split that the catalog has: an image
  /// may have been given to another patient since.
  func requireDisjointSplits() throws {
    let splits = try Row.fetchAll(
      database, sql: "SELECT id, name FROM split WHERE datasetID = ? ORDER BY name",
      arguments: [datasetID])
    for split in splits {
      let overlaps = try PartOverlap.all(splitID: split["id"], in: database)
      guard !overlaps.isEmpty else { continue }
      throw CatalogError(
        .invalidContent,
        "With these files, split \(split["name"] as String) would share "
          + "\(overlaps.map(\.description).joined(separator: "; ")); remove the split, ingest, and "
          + "divide again.")
    }
  }

  /// A query for the studies of the dataset.
  private var ofDataset: String {
    """
    SELECT study.id FROM study JOIN patient ON patient.id = patientID
    WHERE datasetID = \(datasetID)
    """
  }
}
