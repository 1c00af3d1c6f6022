// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// The names of the columns of ``forEachExportedRow(dataset:_:)``.
  public static let exportHeader =
    [
      "imageName", "patient", "study", "sex", "race", "ageYears", "view", "nativeView",
      "followUpNumber", "widthPixels", "heightPixels", "pixelSpacingXMM", "pixelSpacingYMM",
    ] + Finding.allCases.map(\.name) + ["nativeLabels"]

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
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let select = try BulkStatement(
        database,
        """
        SELECT imageName, patientKey, studyKey, sex, race, ageYears, view, nativeView,
          followUpNumber, widthPixels, heightPixels, pixelSpacingXMM, pixelSpacingYMM,
          \(Finding.allCases.map(\.columnName).joined(separator: ", ")),
          (SELECT GROUP_CONCAT(name, '|') FROM (
            SELECT name FROM radiographNativeLabel
            JOIN nativeLabel ON nativeLabel.id = nativeLabelID
            WHERE radiographID = radiograph.id ORDER BY name))
        FROM radiograph JOIN patient ON patient.id = radiograph.patientID
        LEFT JOIN study ON study.id = studyID
        LEFT JOIN finding ON finding.radiographID = radiograph.id
        WHERE radiograph.datasetID = \(datasetID) ORDER BY imageName
        """)
      let firstFinding = 13
      let findings = firstFinding..<firstFinding + Finding.allCases.count
      while try select.step() {
        try body(
          Self.exportHeader.indices.map { column in
            findings.contains(column)
              ? LabelState(rawValue: Int(select.integer(at: Int32(column))))?.word ?? ""
              : select.exactText(at: Int32(column)) ?? ""
          })
      }
    }
  }
}
