// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Stores one model's scores.
  ///
  /// - Parameters:
  ///   - run: The scores.
  ///   - dataset: The name of the dataset.
  ///   - policy: What to do when the model's name is taken by other content.
  ///   - provenance: How the scores were read.
  /// - Returns: Whether anything was written: equal content digests mean nothing.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset, `.conflict` when the
  ///   name is taken; `CancellationError` when the task was cancelled.
  /// - Precondition: Every column has one score per radiograph.
  public func addPredictionRun(
    _ run: PredictionRunContent, dataset: String, onConflict policy: ConflictPolicy = .refuse,
    provenance: Provenance
  ) throws -> WriteOutcome {
    precondition(
      run.columns.allSatisfy { $0.scores.count == run.radiographIDs.count },
      "one score per radiograph")
    return try write { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let former = try Row.fetchOne(
        database,
        sql: "SELECT id, contentDigest FROM predictionRun WHERE datasetID = ? AND model = ?",
        arguments: [datasetID, run.model])
      if let former {
        if former["contentDigest"] == run.contentDigest { return .unchanged }
        guard policy == .replace else {
          throw CatalogError(
            .conflict,
            "\(dataset) already has predictions of \(run.model) from another file or with other "
              + "options; choose another --model name, or replace them with --replace.")
        }
        try database.execute(
          sql: "DELETE FROM predictionRun WHERE id = ?", arguments: [former["id"] as Int64])
      }
      let provenanceID = try Self.insert(provenance, into: database)
      try Self.insert(run, datasetID: datasetID, provenanceID: provenanceID, into: database)
      return former == nil ? .created : .updated
    }
  }

  /// Removes one model's scores and thresholds.
  ///
  /// - Parameters:
  ///   - model: The name of the model.
  ///   - dataset: The name of the dataset.
  ///   - provenance: The command that removes them.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or model.
  public func removePredictionRun(
    _ model: String, dataset: String, provenance: Provenance
  ) throws {
    try write { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let id = try Self.runID(model, datasetID: datasetID, in: database)
      try database.execute(sql: "DELETE FROM predictionRun WHERE id = ?", arguments: [id])
      _ = try Self.insert(provenance, into: database)
    }
  }

  private static func insert(
    _ run: PredictionRunContent, datasetID: Int64, provenanceID: Int64, into database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO predictionRun (datasetID, model, fileName, sha256, contentDigest, imageCount,
          unknownImageCount, provenanceID) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        datasetID, run.model, run.fileName, run.sha256, run.contentDigest, run.radiographIDs.count,
        run.unknownImageCount, provenanceID,
      ])
    let runID = database.lastInsertedRowID
    // In the order of the primary key, rows are appended rather than sorted in.
    let order = run.radiographIDs.indices.sorted { run.radiographIDs[$0] < run.radiographIDs[$1] }
    let insert = try BulkStatement(database, "INSERT INTO prediction VALUES (?, ?, ?)")
    for column in run.columns {
      try Task.checkCancellation()
      try database.execute(
        sql: "INSERT INTO predictionLabel (predictionRunID, label, sourceColumn) VALUES (?, ?, ?)",
        arguments: [runID, column.label, column.sourceColumn])
      insert.bind(database.lastInsertedRowID, at: 1)
      for index in order {
        insert.bind(run.radiographIDs[index], at: 2)
        insert.bind(column.scores[index], at: 3)
        try insert.run()
      }
    }
  }
}
