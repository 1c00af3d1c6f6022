// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A column of the flat table that the catalog exports.
public struct ExportColumn: Hashable, Sendable {
  /// What the fields of a column are.
  public enum Kind: String, Sendable {
    /// Any text.
    case text
    /// A whole number.
    case integer
    /// A number.
    case number
  }

  /// The name in the header.
  public let name: String
  /// What the fields are; an empty field means that nothing is known.
  public let kind: Kind
  /// What the column tells, for people.
  public let meaning: String

  /// Creates a column.
  ///
  /// - Parameters:
  ///   - name: The name in the header.
  ///   - kind: What the fields are.
  ///   - meaning: What the column tells, for people.
  public init(_ name: String, _ kind: Kind = .text, _ meaning: String) {
    self.name = name
    self.kind = kind
    self.meaning = meaning
  }
}

extension ExportColumn {
  /// The columns that every export has, each with the SQL that gives its field.
  static let standard: [(column: ExportColumn, sql: String)] =
    described + findings + [
      (
        ExportColumn("nativeLabels", "The dataset's own labels, joined by |."),
        """
        (SELECT GROUP_CONCAT(name, '|') FROM (
          SELECT name FROM radiographNativeLabel
          JOIN nativeLabel ON nativeLabel.id = nativeLabelID
          WHERE radiographID = radiograph.id ORDER BY name))
        """
      ),
      (
        ExportColumn("attributes", "What else the dataset says, as name=value, joined by |."),
        """
        (SELECT GROUP_CONCAT(name || '=' || value, '|') FROM (
          SELECT name, value FROM radiographAttribute
          WHERE radiographID = radiograph.id ORDER BY name))
        """
      ),
    ]

  private static let described: [(column: ExportColumn, sql: String)] = [
    (ExportColumn("dataset", "The name of the dataset."), "dataset.name"),
    (ExportColumn("imageName", "The name of the image within its dataset."), "imageName"),
    (ExportColumn("relativePath", "The path below the dataset's folder."), "relativePath"),
    (ExportColumn("patient", "The patient's identifier in the dataset."), "patientKey"),
    (ExportColumn("study", "The study's identifier in the dataset."), "studyKey"),
    (ExportColumn("sex", "The recorded sex: F or M."), "sex"),
    (ExportColumn("race", "The recorded race group."), "race"),
    (ExportColumn("ageYears", .number, "The age at the study in years."), "ageYears"),
    (ExportColumn("view", "The projection."), "view"),
    (ExportColumn("viewSource", "Where the projection was learned from."), "viewSource"),
    (ExportColumn("nativeView", "The dataset's own word for the projection."), "nativeView"),
    (ExportColumn("acquiredAt", "When the radiograph was taken, in ISO 8601."), "acquiredAt"),
    (
      ExportColumn("followUpNumber", .integer, "The dataset's number of the visit."),
      "followUpNumber"
    ),
    (ExportColumn("widthPixels", .integer, "The width of the original image."), "widthPixels"),
    (ExportColumn("heightPixels", .integer, "The height of the original image."), "heightPixels"),
    (
      ExportColumn("pixelSpacingXMM", .number, "The width of an original pixel in millimetres."),
      "pixelSpacingXMM"
    ),
    (
      ExportColumn("pixelSpacingYMM", .number, "The height of an original pixel in millimetres."),
      "pixelSpacingYMM"
    ),
  ]

  private static let findings: [(column: ExportColumn, sql: String)] = Finding.allCases.map {
    (
      ExportColumn($0.name, "The state of the finding, in a word."),
      // Quicker than looking the word up in the table of the states.
      "CASE finding.\($0.columnName) \(words) END"
    )
  }

  private static let words = LabelState.allCases.map { "WHEN \($0.rawValue) THEN '\($0.word)'" }
    .joined(separator: " ")

  private init(_ name: String, _ meaning: String) { self.init(name, .text, meaning) }
}
