// SPDX-License-Identifier: Apache-2.0
public import CXRCore
internal import GRDB

extension Catalog {
  /// Returns the findings that a dataset says anything of.
  ///
  /// - Parameter dataset: The name of the dataset.
  /// - Returns: The findings that are annotated in at least one of its radiographs.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset.
  /// - Complexity: O(*n*) for the *n* radiographs of the catalog.
  public func annotatedFindings(dataset: String) throws -> Set<Finding> {
    try read { database in
      let id = try Self.datasetID(dataset, in: database)
      let columns = Finding.allCases.map {
        "MAX(\($0.columnName) <> \(LabelState.unannotated.rawValue))"
      }
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT \(columns.joined(separator: ", ")) FROM finding
          JOIN radiograph ON radiograph.id = radiographID WHERE datasetID = ?
          """,
        arguments: [id])
      return Set(
        Finding.allCases.enumerated().filter { (row?[$0.offset] as Int?) == 1 }.map(\.element))
    }
  }
}
