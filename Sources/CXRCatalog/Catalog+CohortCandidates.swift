// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Reads the radiographs of some datasets.
  ///
  /// - Parameters:
  ///   - datasets: The names of the datasets, each once.
  ///   - details: The columns to read beside those that are always read.
  /// - Returns: The table, ordered by dataset as given, then by id.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset.
  /// - Complexity: O(*n*) for the *n* radiographs of the catalog.
  public func radiographs(
    of datasets: [String], including details: Set<RadiographTable.Detail> = []
  ) throws -> RadiographTable {
    try read { database in
      try RadiographTableReader(database: database, datasets: datasets, details: details).read()
    }
  }

  /// Returns the names of the datasets.
  ///
  /// - Returns: The names, sorted.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func datasetNames() throws -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM dataset ORDER BY name") }
  }

  /// Returns how a dataset came into the catalog.
  ///
  /// - Parameter dataset: The name of the dataset.
  /// - Returns: Its title and the counts of its latest ingest.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset.
  public func origin(dataset: String) throws -> DatasetOrigin {
    try read { database in
      let id = try Self.datasetID(dataset, in: database)
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT title, provenanceID, recordsRead FROM dataset
          JOIN provenance ON provenance.id = provenanceID WHERE dataset.id = ?
          """,
        arguments: [id])
      let flow = try Row.fetchAll(
        database, sql: "SELECT step, count FROM flow WHERE provenanceID = ? ORDER BY position",
        arguments: [row?["provenanceID"] as Int64?])
      return DatasetOrigin(
        dataset: dataset, title: row?["title"] ?? dataset, recordsRead: row?["recordsRead"] ?? 0,
        flow: flow.map { Provenance.FlowStep($0["step"], $0["count"]) })
    }
  }

  /// Returns the names of a dataset's splits.
  ///
  /// - Parameter dataset: The name of the dataset.
  /// - Returns: The names, sorted.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset.
  public func splitNames(dataset: String) throws -> [String] {
    try read { database in
      let id = try Self.datasetID(dataset, in: database)
      return try String.fetchAll(
        database, sql: "SELECT name FROM split WHERE datasetID = ? ORDER BY name", arguments: [id])
    }
  }

  /// Returns the members of every part of a split.
  ///
  /// - Parameters:
  ///   - split: The name of the split.
  ///   - dataset: The name of the dataset.
  /// - Returns: The ids of the radiographs by part, ascending.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or split.
  public func radiographIDs(split: String, dataset: String) throws -> [String: [Int64]] {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let id = try Self.splitID(split, datasetID: datasetID, in: database)
      let parts = try String.fetchAll(
        database, sql: "SELECT DISTINCT part FROM splitMember WHERE splitID = ?", arguments: [id])
      let ids = try parts.map { part in
        try Self.ids(
          "SELECT radiographID FROM splitMember WHERE splitID = \(id) AND part = ?",
          binding: part, in: database)
      }
      return Dictionary(uniqueKeysWithValues: zip(parts, ids))
    }
  }

  /// Returns what a dataset says of its radiographs under a name of its own.
  ///
  /// - Parameters:
  ///   - attribute: The name, such as `pediatric`.
  ///   - dataset: The name of the dataset.
  /// - Returns: The dataset's words by radiograph id.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or attribute.
  public func attributeValues(_ attribute: String, dataset: String) throws -> [Int64: String] {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let select = try BulkStatement(
        database,
        """
        SELECT radiographID, value FROM radiographAttribute
        JOIN radiograph ON radiograph.id = radiographID
        WHERE name = ? AND datasetID = \(datasetID)
        """)
      select.bind(attribute, at: 1)
      var values: [Int64: String] = [:]
      while try select.step() { values[select.integer(at: 0)] = select.text(at: 1) }
      guard values.isEmpty else { return values }
      let names = try String.fetchAll(
        database,
        sql: """
          SELECT DISTINCT name FROM radiographAttribute
          JOIN radiograph ON radiograph.id = radiographID WHERE datasetID = ? ORDER BY name
          """,
        arguments: [datasetID])
      throw CatalogError(
        .unknownName,
        "\(dataset) has no attribute \(attribute); it has "
          + (names.isEmpty ? "none" : names.joined(separator: ", "))
          + (names.nearest(to: attribute).map { "; did you mean \($0)?" } ?? "."))
    }
  }

  /// Reads one section of every report of a dataset.
  ///
  /// - Parameters:
  ///   - section: The name of the section, such as `impression`.
  ///   - dataset: The name of the dataset.
  ///   - body: Called with the id of each study that has the section, and its text.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset, or what
  ///   `body` throws.
  public func forEachReportSection(
    _ section: String, dataset: String, _ body: (Int64, String) throws -> Void
  ) throws {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let select = try BulkStatement(
        database,
        """
        SELECT studyID, text FROM reportSection JOIN study ON study.id = studyID
        JOIN patient ON patient.id = patientID WHERE section = ? AND datasetID = \(datasetID)
        """)
      select.bind(section, at: 1)
      while try select.step() { try body(select.integer(at: 0), select.text(at: 1) ?? "") }
    }
  }

  static func ids(
    _ sql: String, binding argument: String? = nil, in database: Database
  ) throws -> [Int64] {
    let select = try BulkStatement(database, sql)
    if let argument { select.bind(argument, at: 1) }
    var ids: [Int64] = []
    while try select.step() { ids.append(select.integer(at: 0)) }
    return ids
  }
}
