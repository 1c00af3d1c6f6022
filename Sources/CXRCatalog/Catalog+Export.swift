// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// The names of the columns of ``forEachExportedRow(dataset:_:)``.
  public static let exportHeader = ExportColumn.standard.map(\.column.name)

  /// Reads a dataset as one flat table, one row per radiograph, ordered by image name.
  ///
  /// The findings are given by the word of their state, native labels joined by `|`; what is not
  /// known is empty.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - body: Called with each row, in the order of ``exportHeader``.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset, or what `body` throws.
  public func forEachExportedRow(dataset: String, _ body: ([String]) throws -> Void) throws {
    try forEachExportedRow(of: RadiographSource(dataset: dataset), body)
  }

  /// Returns the columns of an export: those of ``exportHeader``, then `part` when the source names a
  /// split, then one `report_` and its name per section of the radiographs' reports.
  ///
  /// - Parameters:
  ///   - source: The radiographs.
  ///   - reports: Whether the texts of reports are among them.
  /// - Returns: The columns.
  /// - Throws: ``CatalogError`` with code `.unknownName` for a name that the catalog does not have.
  public func exportColumns(
    of source: RadiographSource, reports: ReportAccess = .withheld
  ) throws -> [ExportColumn] {
    try read { database in
      try Self.columns(
        source, RadiographCondition(source, in: database), reports: reports, in: database
      ).map(\.column)
    }
  }

  /// Reads radiographs as one flat table, one row each, ordered by dataset and image name.
  ///
  /// - Parameters:
  ///   - source: The radiographs.
  ///   - reports: Whether the texts of reports are in the rows.
  ///   - body: Called with each row, in the order of ``exportColumns(of:reports:)``.
  /// - Throws: ``CatalogError`` with code `.unknownName` for a name that the catalog does not have,
  ///   or what `body` throws.
  public func forEachExportedRow(
    of source: RadiographSource, reports: ReportAccess = .withheld,
    _ body: ([String]) throws -> Void
  ) throws {
    try read { database in
      let condition = try RadiographCondition(source, in: database)
      let columns = try Self.columns(source, condition, reports: reports, in: database)
      let select = try BulkStatement(
        database,
        """
        SELECT \(columns.map(\.sql).joined(separator: ", "))
        FROM radiograph JOIN dataset ON dataset.id = radiograph.datasetID
        JOIN patient ON patient.id = radiograph.patientID
        LEFT JOIN study ON study.id = studyID
        LEFT JOIN finding ON finding.radiographID = radiograph.id
        WHERE \(condition.sql) ORDER BY dataset.name, imageName
        """)
      condition.bind(to: select)
      while try select.step() {
        try body(columns.indices.map { select.exactText(at: Int32($0)) ?? "" })
      }
    }
  }

  private static func columns(
    _ source: RadiographSource, _ condition: RadiographCondition, reports: ReportAccess,
    in database: Database
  ) throws -> [(column: ExportColumn, sql: String)] {
    var columns = ExportColumn.standard
    if let split = source.split {
      columns.append(
        (
          ExportColumn("part", .text, "The part of split \(split)."),
          """
          (SELECT part FROM splitMember
            WHERE splitID IN (\(condition.splitList)) AND radiographID = radiograph.id)
          """
        ))
    }
    guard reports == .included else { return columns }
    let select = try BulkStatement(
      database,
      """
      SELECT DISTINCT section FROM reportSection WHERE studyID IN
        (SELECT studyID FROM radiograph WHERE \(condition.sql)) ORDER BY section
      """)
    condition.bind(to: select)
    while let section = try select.step() ? select.text(at: 0) : nil {
      columns.append(
        (
          ExportColumn("report_\(section)", .text, "The report's section \(section)."),
          """
          (SELECT text FROM reportSection
            WHERE reportSection.studyID = radiograph.studyID AND section = \(quoted(section)))
          """
        ))
    }
    return columns
  }

  /// A text as a literal of SQL.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}
