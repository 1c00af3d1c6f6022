// SPDX-License-Identifier: Apache-2.0
import CXRFiles

/// A table that a phantom wrote, read back by column name.
struct WrittenTable {
  let header: [String]
  let rows: [[String]]

  init(_ path: String) throws {
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    var records: [[String]] = []
    while try reader.read(into: &record) { records.append(record.strings) }
    header = records.first ?? []
    rows = Array(records.dropFirst())
  }

  /// The cells of a column.
  subscript(column: String) -> [String] {
    guard let index = header.firstIndex(of: column) else {
      fatalError("there is no column \(column)")
    }
    return rows.map { $0[index] }
  }

  /// The rows as dictionaries by column name.
  var records: [[String: String]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}

extension Sequence where Element: Hashable {
  /// How often each element occurs.
  var counts: [Element: Int] { reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
