// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// A table for programs: one CSV file, every number in full.
struct DataTable: Hashable {
  /// The name of its file, without extension.
  let name: String
  /// The names of the columns.
  let header: [String]
  /// The rows, each with one field per column; an undefined number is an empty field.
  let rows: [[String]]

  /// The CSV text.
  var text: String {
    var writer = CSVWriter(header: header)
    for row in rows { writer.append(row) }
    return writer.text
  }
}
