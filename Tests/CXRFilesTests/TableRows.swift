// SPDX-License-Identifier: Apache-2.0
import CXRFiles

/// A record of a table with its place, to compare with.
struct TableRow: Equatable {
  let line: Int
  let fields: [String]

  init(_ line: Int, _ fields: [String]) {
    self.line = line
    self.fields = fields
  }
}

extension TableReader {
  /// All records that are left.
  func rows() throws -> [TableRow] {
    var record = TableRecord()
    var rows: [TableRow] = []
    while try read(into: &record) { rows.append(TableRow(record.line, record.strings)) }
    return rows
  }
}
