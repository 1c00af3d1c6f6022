// SPDX-License-Identifier: Apache-2.0

/// A table of a study's report: as people read it, and as programs do.
struct StudyTable: Hashable {
  /// The part of the report that it belongs to.
  let part: StudyPart
  /// The name of its files, without extension.
  let name: String
  /// As people read it.
  let display: DisplayTable
  /// As programs read it, every number in full.
  let data: DataTable

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - part: The part of the report that it belongs to.
  ///   - name: The name of its files; that of the part if absent.
  ///   - display: As people read it.
  ///   - header: The columns of the CSV file.
  ///   - rows: Its rows.
  init(
    _ part: StudyPart, name: String? = nil, _ display: DisplayTable, header: [String],
    rows: [[String]]
  ) {
    self.part = part
    self.name = name ?? part.rawValue
    self.display = display
    data = DataTable(name: self.name, header: header, rows: rows)
  }
}
