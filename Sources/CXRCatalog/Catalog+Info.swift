// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Returns what the catalog holds, in numbers.
  ///
  /// - Returns: The numbers.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func info() throws -> CatalogInfo {
    try read { database in
      let datasets = try Row.fetchAll(database, sql: "SELECT * FROM dataset ORDER BY name")
      return CatalogInfo(
        schemaVersion: CatalogSchema.version,
        datasets: try datasets.map { try Self.info(dataset: $0, in: database) },
        cohorts: try Self.cohortInfo(in: database).map {
          CatalogInfo.Cohort(
            name: $0.name, radiographCount: $0.radiographCount, patientCount: $0.patientCount,
            outdatedDatasets: $0.outdatedDatasets)
        },
        imageStores: try Self.imageStoreInfo(in: database),
        provenance: try Self.provenanceInfo(in: database))
    }
  }

  private static func info(dataset row: Row, in database: Database) throws -> CatalogInfo.Dataset {
    let id: Int64 = row["id"]
    let ofDataset = "WHERE radiograph.datasetID = \(id)"
    let findings = try Finding.allCases.compactMap { finding -> CatalogInfo.Count? in
      let column = finding.columnName
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT SUM(\(column) = \(LabelState.positive.rawValue)),
            SUM(\(column) <> \(LabelState.unannotated.rawValue))
          FROM finding JOIN radiograph ON radiograph.id = radiographID \(ofDataset)
          """)
      guard let row, (row[1] ?? 0) > 0 else { return nil }
      return CatalogInfo.Count(name: finding.name, count: row[0])
    }
    let models = try String.fetchAll(
      database, sql: "SELECT model FROM predictionRun WHERE datasetID = \(id) ORDER BY model")
    return CatalogInfo.Dataset(
      name: row["name"], title: row["title"], labelSource: row["labelSource"],
      ageSource: row["ageSource"],
      radiographCount: try count("radiograph \(ofDataset)", in: database),
      patientCount: try count("patient WHERE datasetID = \(id)", in: database),
      boxCount: try count(
        "box JOIN radiograph ON radiograph.id = radiographID \(ofDataset)", in: database),
      views: try counts("view", "radiograph \(ofDataset)", in: database),
      sexes: try counts(
        "COALESCE(sex, 'unknown')",
        "radiograph JOIN patient ON patient.id = patientID \(ofDataset)", in: database),
      races: try counts(
        "COALESCE(race, 'unknown')",
        "radiograph JOIN patient ON patient.id = patientID \(ofDataset)", in: database),
      findings: findings,
      nativeLabels: try counts(
        "nativeLabel.name",
        "radiographNativeLabel JOIN nativeLabel ON nativeLabel.id = nativeLabelID"
          + " WHERE nativeLabel.datasetID = \(id)", in: database),
      splits: try splitInfo(datasetID: id, in: database),
      runs: try models.map { try runInfo($0, datasetID: id, in: database) })
  }

  /// Returns a model's predictions in numbers.
  ///
  /// - Parameters:
  ///   - model: The name of the model.
  ///   - dataset: The name of the dataset.
  /// - Returns: The numbers.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or model.
  public func predictionRun(_ model: String, dataset: String) throws -> PredictionRunInfo {
    try read { database in
      try Self.runInfo(
        model, datasetID: Self.datasetID(dataset, in: database), in: database)
    }
  }

  static func runInfo(
    _ model: String, datasetID: Int64, in database: Database
  ) throws -> PredictionRunInfo {
    let id = try runID(model, datasetID: datasetID, in: database)
    let row = try Row.fetchOne(
      database, sql: "SELECT * FROM predictionRun WHERE id = ?", arguments: [id])
    let labels = try String.fetchAll(
      database, sql: "SELECT label FROM predictionLabel WHERE predictionRunID = ? ORDER BY id",
      arguments: [id])
    return PredictionRunInfo(
      model: model, fileName: row?["fileName"] ?? "", sha256: row?["sha256"] ?? "",
      imageCount: row?["imageCount"] ?? 0, unknownImageCount: row?["unknownImageCount"] ?? 0,
      labels: labels,
      thresholdCount: try count("threshold WHERE predictionRunID = \(id)", in: database))
  }

  private static func splitInfo(datasetID: Int64, in database: Database) throws -> [SplitInfo] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM split WHERE datasetID = ? ORDER BY name",
      arguments: [datasetID]
    ).map { row in
      let id: Int64 = row["id"]
      return SplitInfo(
        name: row["name"], method: row["method"], seed: row["seed"], detail: row["detail"],
        parts: try counts("part", "splitMember WHERE splitID = \(id)", in: database))
    }
  }

  private static func provenanceInfo(in database: Database) throws -> [ProvenanceInfo] {
    try Row.fetchAll(database, sql: "SELECT * FROM provenance ORDER BY id").map { row in
      let id: Int64 = row["id"]
      let sources = try Row.fetchAll(
        database, sql: "SELECT * FROM provenanceSource WHERE provenanceID = ? ORDER BY role",
        arguments: [id]
      ).map { source in
        Provenance.Source(
          role: source["role"], fileName: source["fileName"], sha256: source["sha256"],
          byteCount: source["byteCount"])
      }
      let flow = try Row.fetchAll(
        database, sql: "SELECT step, count FROM flow WHERE provenanceID = ? ORDER BY position",
        arguments: [id]
      ).map { Provenance.FlowStep($0["step"], $0["count"]) }
      return ProvenanceInfo(
        verb: row["verb"], commandLine: row["commandLine"],
        softwareVersion: row["softwareVersion"], startedAt: row["startedAt"],
        finishedAt: row["finishedAt"], recordsRead: row["recordsRead"],
        recordsKept: row["recordsKept"], sources: sources, flow: flow,
        diagnosticCount: try count("diagnostic WHERE provenanceID = \(id)", in: database))
    }
  }

  static func count(_ rows: String, in database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(rows)") ?? 0
  }

  private static func counts(
    _ column: String, _ rows: String, in database: Database
  ) throws -> [CatalogInfo.Count] {
    try Row.fetchAll(
      database, sql: "SELECT \(column), COUNT(*) FROM \(rows) GROUP BY 1 ORDER BY 2 DESC, 1"
    ).map { CatalogInfo.Count(name: $0[0], count: $0[1]) }
  }
}
