// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// A source of radiographs as a condition on rows of the table `radiograph`.
struct RadiographCondition {
  /// What follows WHERE; the parts' name is its only parameter.
  let sql: String
  /// The splits of the source's name, one per dataset.
  let splitIDs: [Int64]
  private let part: String?

  /// Looks the names of a source up.
  ///
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  init(_ source: RadiographSource, in database: Database) throws {
    var conditions: [String] = []
    let datasetID = try source.dataset.map { try Catalog.datasetID($0, in: database) }
    if let datasetID { conditions.append("radiograph.datasetID = \(datasetID)") }
    if let cohort = source.cohort {
      let id = try Catalog.id(
        of: cohort, kind: "cohort", in: database, sql: "SELECT name, id FROM cohort ORDER BY name")
      conditions.append(
        "radiograph.id IN (SELECT radiographID FROM cohortMember WHERE cohortID = \(id))")
    }
    if let view = source.view { conditions.append("view = '\(view.rawValue)'") }
    var splitIDs: [Int64] = []
    if let split = source.split {
      splitIDs = try Self.splitIDs(split, datasetID: datasetID, in: database)
      if let part = source.part { try Self.require(part, of: split, splitIDs, in: database) }
      conditions.append(
        """
        radiograph.id IN (SELECT radiographID FROM splitMember
          WHERE splitID IN (\(Self.list(splitIDs)))\(source.part == nil ? "" : " AND part = ?"))
        """)
    }
    self.splitIDs = splitIDs
    part = source.part
    sql = conditions.joined(separator: " AND ")
  }

  /// The ids of the splits with commas between them.
  var splitList: String { Self.list(splitIDs) }

  /// Binds the parameter of ``sql``, which is the statement's only one.
  func bind(to statement: BulkStatement) {
    if let part { statement.bind(part, at: 1) }
  }

  private static func list(_ ids: [Int64]) -> String {
    ids.map(String.init).joined(separator: ", ")
  }

  private static func splitIDs(
    _ name: String, datasetID: Int64?, in database: Database
  ) throws -> [Int64] {
    if let datasetID { return [try Catalog.splitID(name, datasetID: datasetID, in: database)] }
    // The error names what there is; the other datasets' splits of the name follow.
    _ = try Catalog.id(
      of: name, kind: "split", in: database, sql: "SELECT name, id FROM split ORDER BY name")
    return try Int64.fetchAll(
      database, sql: "SELECT id FROM split WHERE name = ? ORDER BY id", arguments: [name])
  }

  private static func require(
    _ part: String, of split: String, _ splitIDs: [Int64], in database: Database
  ) throws {
    let parts = try String.fetchAll(
      database,
      sql: """
        SELECT DISTINCT part FROM splitMember WHERE splitID IN (\(list(splitIDs))) ORDER BY part
        """)
    guard parts.contains(part) else {
      throw CatalogError(
        .unknownName,
        "Split \(split) has no part \(part); it has \(parts.joined(separator: ", ")).")
    }
  }
}
