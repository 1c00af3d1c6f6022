// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Returns where the datasets of some radiographs came from, by name.
  ///
  /// - Parameter source: The radiographs.
  /// - Returns: Their datasets.
  /// - Throws: ``CatalogError`` with code `.unknownName` for a name that the catalog does not have.
  public func lineages(of source: RadiographSource) throws -> [DatasetLineage] {
    try read { database in
      let condition = try RadiographCondition(source, in: database)
      let select = try BulkStatement(
        database, "SELECT DISTINCT datasetID FROM radiograph WHERE \(condition.sql)")
      condition.bind(to: select)
      var ids: [Int64] = []
      while try select.step() { ids.append(select.integer(at: 0)) }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT name, title, descriptor, provenanceID, commandLine, softwareVersion, finishedAt
          FROM dataset JOIN provenance ON provenance.id = provenanceID
          WHERE dataset.id IN (\(ids.map(String.init).joined(separator: ", "))) ORDER BY name
          """)
      return try rows.map { row in
        DatasetLineage(
          name: row["name"], title: row["title"], descriptor: row["descriptor"],
          sources: try Self.sources(provenanceID: row["provenanceID"], in: database),
          commandLine: row["commandLine"], softwareVersion: row["softwareVersion"],
          readAt: row["finishedAt"])
      }
    }
  }

  private static func sources(
    provenanceID: Int64, in database: Database
  ) throws -> [Provenance.Source] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM provenanceSource WHERE provenanceID = ? ORDER BY role",
      arguments: [provenanceID]
    ).map {
      Provenance.Source(
        role: $0["role"], fileName: $0["fileName"], sha256: $0["sha256"],
        byteCount: $0["byteCount"])
    }
  }
}
