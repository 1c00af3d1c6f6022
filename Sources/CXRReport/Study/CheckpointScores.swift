// SPDX-License-Identifier: Apache-2.0
public import CXRFiles

/// The scores of a generator's checkpoints: a row for each, a column for each score.
public struct CheckpointScores: Codable, Hashable, Sendable {
  /// The names of the columns; the first names the checkpoint.
  public let columns: [String]
  /// The fields, row by row; an empty field is a score that is not there.
  public let rows: [[String]]

  /// Reads a CSV table with a header.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: `FileError` with code `.missing`, `.unreadable` or `.malformed`.
  public init(path: String) throws(FileError) {
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    var lines: [[String]] = []
    while try reader.read(into: &record) {
      let fields = record.strings
      guard lines.isEmpty || fields.count == lines[0].count else {
        throw FileError(
          .malformed,
          "\(path), line \(record.line): \(fields.count) fields, expected \(lines[0].count).")
      }
      lines.append(fields)
    }
    guard lines.count > 1, lines[0].count > 1 else {
      throw FileError(
        .malformed, "\(path) has no scores; it needs a header and a row for each checkpoint.")
    }
    columns = lines[0]
    rows = Array(lines.dropFirst())
  }

  /// Creates scores.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns.
  ///   - rows: The fields, row by row.
  /// - Precondition: Every row has a field for each column.
  public init(columns: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a field for each column")
    self.columns = columns
    self.rows = rows
  }
}
