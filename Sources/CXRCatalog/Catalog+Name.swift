// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Returns the name of the dataset that a command means.
  ///
  /// - Parameters:
  ///   - name: The name that was given, if any.
  ///   - models: Models whose predictions the dataset must have when no name was given.
  /// - Returns: The name given, or else the only dataset with predictions by every model.
  /// - Throws: ``CatalogError`` with code `.unknownName` if there is none or more than one.
  public func datasetName(_ name: String?, havingModels models: [String] = []) throws -> String {
    try read { database in
      if let name {
        _ = try Self.datasetID(name, in: database)
        return name
      }
      let names = try String.fetchAll(database, sql: "SELECT name FROM dataset ORDER BY name")
      let candidates = try names.filter { candidate in
        try models.allSatisfy { model in
          try Bool.fetchOne(
            database,
            sql: """
              SELECT EXISTS (SELECT 1 FROM predictionRun
                JOIN dataset ON dataset.id = predictionRun.datasetID WHERE name = ? AND model = ?)
              """,
            arguments: [candidate, model]) ?? false
        }
      }
      // With one dataset, a model it lacks is better reported by the request for that model.
      if let only = candidates.count == 1 ? candidates.first : names.count == 1 ? names.first : nil
      {
        return only
      }
      throw CatalogError(
        .unknownName,
        names.isEmpty
          ? "The catalog has no dataset; ingest one first."
          : "Name one of the datasets with --dataset: \(names.joined(separator: ", ")).")
    }
  }

  /// Returns the name of the dataset that a command means which may be about a cohort.
  ///
  /// - Parameters:
  ///   - name: The name that was given, if any.
  ///   - cohort: The cohort, if one is named.
  /// - Returns: The name given, or else the only dataset: of the cohort if there is one.
  /// - Throws: ``CatalogError`` with code `.unknownName` if there is none or more than one.
  public func datasetName(_ name: String?, cohort: String?) throws -> String {
    guard name == nil, let cohort else { return try datasetName(name) }
    let names = try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT DISTINCT name FROM cohortMember
          JOIN radiograph ON radiograph.id = radiographID
          JOIN dataset ON dataset.id = datasetID WHERE cohortID = ? ORDER BY name
          """,
        arguments: [try Self.cohortID(cohort, in: database)])
    }
    guard names.count < 2, let only = names.first else {
      throw CatalogError(
        .unknownName,
        names.isEmpty
          ? "Cohort \(cohort) has no radiograph; choose another cohort."
          : "Cohort \(cohort) has radiographs of \(NumberText.list(names)); name one of them with "
            + "--dataset.")
    }
    return only
  }

  /// Returns the ids of a dataset's radiographs by image name.
  ///
  /// - Parameter dataset: The name of the dataset.
  /// - Returns: The ids, which stay the same as long as the dataset has the image.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset.
  public func radiographIDs(dataset: String) throws -> [String: Int64] {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let select = try BulkStatement(
        database, "SELECT imageName, id FROM radiograph WHERE datasetID = \(datasetID)")
      var ids: [String: Int64] = [:]
      while try select.step() {
        if let name = select.text(at: 0) { ids[name] = select.integer(at: 1) }
      }
      return ids
    }
  }

  /// Returns a dataset's own labels.
  ///
  /// - Parameter dataset: The name of the dataset.
  /// - Returns: The labels by name.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset.
  public func nativeLabels(dataset: String) throws -> [NativeLabel] {
    try read { database in
      try Self.nativeLabels(datasetID: Self.datasetID(dataset, in: database), in: database)
    }
  }

  static func nativeLabels(datasetID: Int64, in database: Database) throws -> [NativeLabel] {
    try Row.fetchAll(
      database, sql: "SELECT name, finding FROM nativeLabel WHERE datasetID = ? ORDER BY name",
      arguments: [datasetID]
    ).map { row in
      NativeLabel(name: row["name"], finding: (row["finding"] as String?).flatMap(Finding.init))
    }
  }

  static func datasetID(_ name: String, in database: Database) throws -> Int64 {
    try id(
      of: name, kind: "dataset", in: database, sql: "SELECT name, id FROM dataset ORDER BY name")
  }

  static func runID(_ model: String, datasetID: Int64, in database: Database) throws -> Int64 {
    try id(
      of: model, kind: "model", in: database,
      sql: "SELECT model, id FROM predictionRun WHERE datasetID = \(datasetID) ORDER BY model")
  }

  static func splitID(_ name: String, datasetID: Int64, in database: Database) throws -> Int64 {
    try id(
      of: name, kind: "split", in: database,
      sql: "SELECT name, id FROM split WHERE datasetID = \(datasetID) ORDER BY name")
  }

  static func cohortID(_ name: String, in database: Database) throws -> Int64 {
    try id(of: name, kind: "cohort", in: database, sql: "SELECT name, id FROM cohort ORDER BY name")
  }

  /// Looks a name up in the rows of a query, and says which names there are when it is missing.
  static func id(
    of name: String, kind: String, in database: Database, sql: String
  ) throws -> Int64 {
    let rows = try Row.fetchAll(database, sql: sql)
    if let row = rows.first(where: { $0[0] == name }) { return row[1] }
    let names = rows.map { $0[0] as String }
    let known =
      names.isEmpty ? "there is none yet" : "there is " + names.joined(separator: ", ")
    let suggestion = names.nearest(to: name).map { "; did you mean \($0)?" } ?? "."
    throw CatalogError(.unknownName, "There is no \(kind) \(name): \(known)\(suggestion)")
  }
}
