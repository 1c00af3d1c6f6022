// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// The official headers of NIH ChestX-ray14 as a CSV reader splits them.
enum NIHHeader {
  /// The fields of the metadata header; data records have as many.
  static let metadata = [
    "Image Index", "Finding Labels", "Follow-up #", "Patient ID", "Patient Age", "Patient Gender",
    "View Position", "OriginalImage[Width", "Height]", "OriginalImagePixelSpacing[x", "y]",
  ]

  /// The fields of the box list's header that have data below them.
  static let boxes = ["Image Index", "Finding Label", "Bbox [x", "y", "w", "h]"]

  /// Reads the header of a file, which may end in empty fields.
  ///
  /// - Throws: ``IngestError`` with code `.wrongFile`, naming the file and both headers.
  static func require(
    _ expected: [String], in reader: CSVReader, option: String
  ) throws {
    var record = TableRecord()
    let hasHeader = try reader.read(into: &record)
    let found = record.strings
    let isMatch =
      found.starts(with: expected) && found.dropFirst(expected.count).allSatisfy(\.isEmpty)
    guard isMatch else {
      throw IngestError(
        .wrongFile,
        "\(reader.path): expected the header \(expected.joined(separator: ",")), found "
          + (hasHeader ? String(found.joined(separator: ",").prefix(200)) : "an empty file")
          + "; \(option).")
    }
  }

  /// Whether a data record has its fields, and beyond them only empty ones.
  static func isComplete(_ record: TableRecord, fieldCount: Int) -> Bool {
    record.fieldCount == fieldCount
      || record.fieldCount > fieldCount
        && (fieldCount..<record.fieldCount).allSatisfy { record[$0].isEmpty }
  }
}
