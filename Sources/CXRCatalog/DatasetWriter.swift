// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// Writes the rows of one dataset within a transaction.
struct DatasetWriter {
  let database: Database
  let datasetID: Int64
  let content: DatasetContent
  /// What to do when images are gone that the catalog has.
  let conflictPolicy: ConflictPolicy

  /// Brings every table of the dataset to the content.
  func write(provenanceID: Int64) throws {
    let labelIDs = try writeNativeLabels()
    let patientIDs = try writePatients()
    var studies = try StudyWriter(database: database, datasetID: datasetID)
    let radiographIDs = try writeRadiographs(patientIDs: patientIDs, studies: &studies)
    try writeFindings(radiographIDs: radiographIDs)
    try writeRadiographLabels(radiographIDs: radiographIDs, labelIDs: labelIDs)
    try writeAttributes(radiographIDs: radiographIDs)
    try writeReports(patientIDs: patientIDs, studies: &studies)
    try removeVanished(keeping: radiographIDs)
    try removeEmptyStudies()
    try removeEmptyPatients()
    try removeFormerExtras(keeping: labelIDs)
    if !content.boxes.isEmpty || !content.splits.isEmpty {
      var idByName = [String: Int64](minimumCapacity: radiographIDs.count)
      for (id, radiograph) in zip(radiographIDs, content.radiographs) {
        idByName[radiograph.imageName] = id
      }
      try writeBoxes(idByName: idByName)
      for split in content.splits {
        try SplitWriter(database: database, datasetID: datasetID)
          .write(split, idByName: idByName, provenanceID: provenanceID)
      }
    }
    try requireDisjointSplits()
    // A sample is enough for the query planner to know which index to take.
    try database.execute(sql: "PRAGMA analysis_limit = 1000; ANALYZE radiograph")
  }

  private func writeNativeLabels() throws -> [Int64] {
    try content.nativeLabels.map { label in
      try Int64.fetchOne(
        database,
        sql: """
          INSERT INTO nativeLabel (datasetID, name, finding) VALUES (?, ?, ?)
          ON CONFLICT (datasetID, name) DO UPDATE SET finding = excluded.finding RETURNING id
          """,
        arguments: [datasetID, label.name, label.finding?.name]) ?? 0
    }
  }

  private func writePatients() throws -> [Int64] {
    let formerIDs = try ids(
      "SELECT patientKey, id FROM patient WHERE datasetID = \(datasetID)")
    var nextID = try nextID(of: "patient")
    let insert = try BulkStatement(
      database,
      """
      INSERT INTO patient (id, datasetID, patientKey, sex, race, nativeSex, nativeRace)
      VALUES (?, \(datasetID), ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET sex = excluded.sex, race = excluded.race,
        nativeSex = excluded.nativeSex, nativeRace = excluded.nativeRace
      """)
    return try content.patients.map { patient in
      let id = formerIDs[patient.patientKey] ?? nextID
      if id == nextID { nextID += 1 }
      insert.bind(id, at: 1)
      insert.bind(patient.patientKey, at: 2)
      insert.bind(patient.sex?.rawValue, at: 3)
      insert.bind(patient.race?.rawValue, at: 4)
      insert.bind(patient.nativeSex, at: 5)
      insert.bind(patient.nativeRace, at: 6)
      try insert.run()
      return id
    }
  }

  private func writeRadiographs(
    patientIDs: [Int64], studies: inout StudyWriter
  ) throws -> [Int64] {
    let formerIDs = try ids("SELECT imageName, id FROM radiograph WHERE datasetID = \(datasetID)")
    var nextID = try nextID(of: "radiograph")
    let columns = [
      "patientID", "studyID", "imageName", "relativePath", "view", "viewSource", "nativeView",
      "ageYears", "followUpNumber", "widthPixels", "heightPixels", "pixelSpacingXMM",
      "pixelSpacingYMM", "ageIsTopCoded", "recordedAgeYears", "acquiredAt",
    ]
    let updates = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let insert = try BulkStatement(
      database,
      """
      INSERT INTO radiograph (datasetID, id, \(columns.joined(separator: ", ")))
      VALUES (\(datasetID), ?\(String(repeating: ", ?", count: columns.count)))
      \(formerIDs.isEmpty ? "" : "ON CONFLICT (id) DO UPDATE SET \(updates)")
      """)
    var radiographIDs: [Int64] = []
    radiographIDs.reserveCapacity(content.radiographs.count)
    for (position, radiograph) in content.radiographs.enumerated() {
      if position % 4096 == 0 { try Task.checkCancellation() }
      let id = formerIDs[radiograph.imageName] ?? nextID
      if id == nextID { nextID += 1 }
      let patientID = patientIDs[radiograph.patientIndex]
      insert.bind(id, at: 1)
      insert.bind(patientID, at: 2)
      insert.bind(try studies.id(of: radiograph.studyKey, patientID: patientID), at: 3)
      insert.bind(radiograph.imageName, at: 4)
      insert.bind(radiograph.relativePath, at: 5)
      insert.bind(radiograph.view.rawValue, at: 6)
      insert.bind(radiograph.viewSource.rawValue, at: 7)
      insert.bind(radiograph.nativeView, at: 8)
      insert.bind(radiograph.ageYears, at: 9)
      insert.bind(radiograph.followUpNumber, at: 10)
      insert.bind(radiograph.widthPixels, at: 11)
      insert.bind(radiograph.heightPixels, at: 12)
      insert.bind(radiograph.pixelSpacingXMM, at: 13)
      insert.bind(radiograph.pixelSpacingYMM, at: 14)
      insert.bind(radiograph.ageIsTopCoded ? 1 : 0, at: 15)
      insert.bind(radiograph.recordedAgeYears, at: 16)
      insert.bind(radiograph.acquiredAt, at: 17)
      try insert.run()
      radiographIDs.append(id)
    }
    return radiographIDs
  }

  private func writeFindings(radiographIDs: [Int64]) throws {
    let marks = String(repeating: ", ?", count: Finding.allCases.count)
    let insert = try BulkStatement(
      database, "INSERT OR REPLACE INTO finding VALUES (?\(marks))")
    for (position, (id, radiograph)) in zip(radiographIDs, content.radiographs).enumerated() {
      if position % 4096 == 0 { try Task.checkCancellation() }
      insert.bind(id, at: 1)
      let codes = radiograph.findings.codes
      for index in codes.indices { insert.bind(codes[index], at: Int32(index) + 2) }
      try insert.run()
    }
  }

  private func writeRadiographLabels(radiographIDs: [Int64], labelIDs: [Int64]) throws {
    try database.execute(
      sql: """
        DELETE FROM radiographNativeLabel WHERE radiographID IN
          (SELECT id FROM radiograph WHERE datasetID = ?)
        """,
      arguments: [datasetID])
    let insert = try BulkStatement(database, "INSERT INTO radiographNativeLabel VALUES (?, ?)")
    for (position, (id, radiograph)) in zip(radiographIDs, content.radiographs).enumerated() {
      if position % 4096 == 0 { try Task.checkCancellation() }
      for label in radiograph.nativeLabels {
        insert.bind(id, at: 1)
        insert.bind(labelIDs[label], at: 2)
        try insert.run()
      }
    }
  }

  /// Removes what an earlier content had and this one may not have: boxes, labels that are gone,
  /// and the official split when its lists are gone.
  private func removeFormerExtras(keeping labelIDs: [Int64]) throws {
    try database.execute(
      sql: """
        DELETE FROM box WHERE radiographID IN (SELECT id FROM radiograph WHERE datasetID = ?)
        """,
      arguments: [datasetID])
    let former = try Int64.fetchAll(
      database, sql: "SELECT id FROM nativeLabel WHERE datasetID = ?", arguments: [datasetID])
    for id in Set(former).subtracting(labelIDs) {
      try database.execute(sql: "DELETE FROM nativeLabel WHERE id = ?", arguments: [id])
    }
    if !content.splits.contains(where: { $0.name == SplitContent.officialName }) {
      try SplitWriter(database: database, datasetID: datasetID).remove(SplitContent.officialName)
    }
  }

  private func writeBoxes(idByName: [String: Int64]) throws {
    let insert = try BulkStatement(
      database, "INSERT INTO box (radiographID, label, x, y, width, height) VALUES (?,?,?,?,?,?)")
    for box in content.boxes {
      guard let id = idByName[box.imageName] else { continue }
      insert.bind(id, at: 1)
      insert.bind(box.label, at: 2)
      insert.bind(box.x, at: 3)
      insert.bind(box.y, at: 4)
      insert.bind(box.width, at: 5)
      insert.bind(box.height, at: 6)
      try insert.run()
    }
  }

  private func removeVanished(keeping radiographIDs: [Int64]) throws {
    let kept = Set(radiographIDs)
    let former = try Int64.fetchAll(
      database, sql: "SELECT id FROM radiograph WHERE datasetID = ?", arguments: [datasetID])
    guard former.count > kept.count else { return }
    guard conflictPolicy == .replace else {
      throw CatalogError(
        .conflict,
        "The catalog has \(former.count - kept.count) radiographs of \(content.name) that these "
          + "files lack; they would go, with their predictions and their places in splits and "
          + "cohorts. Check the folder, or remove them with --replace.")
    }
    // Without these, every radiograph that goes would cost a walk over all scores.
    let indexes = ["prediction", "splitMember", "cohortMember"]
    for table in indexes {
      try database.execute(sql: "CREATE INDEX vanishing_\(table) ON \(table)(radiographID)")
    }
    for (position, id) in former.lazy.filter({ !kept.contains($0) }).enumerated() {
      if position % 1024 == 0 { try Task.checkCancellation() }
      try database.execute(sql: "DELETE FROM radiograph WHERE id = ?", arguments: [id])
    }
    for table in indexes { try database.execute(sql: "DROP INDEX vanishing_\(table)") }
    try database.execute(
      sql: """
        UPDATE predictionRun SET imageCount = (
          SELECT COUNT(DISTINCT radiographID) FROM prediction
          JOIN predictionLabel ON predictionLabel.id = predictionLabelID
          WHERE predictionRunID = predictionRun.id), contentDigest = ''
        WHERE datasetID = ?
        """,
      arguments: [datasetID])
  }

  private func ids(_ sql: String) throws -> [String: Int64] {
    let select = try BulkStatement(database, sql)
    var ids: [String: Int64] = [:]
    while try select.step() {
      if let key = select.text(at: 0) { ids[key] = select.integer(at: 1) }
    }
    return ids
  }

  private func nextID(of table: String) throws -> Int64 {
    try Int64.fetchOne(database, sql: "SELECT COALESCE(MAX(id), 0) + 1 FROM \(table)") ?? 1
  }
}
