// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The names of a file's columns, and what its records must look like.
struct TableHeader {
  let path: String
  let names: [String]
  private let indexByName: [String: Int]
  private let indexByFoldedName: [String: Int]
  /// The fields that a record has at least: trailing names that are empty need none.
  let requiredFieldCount: Int

  /// Reads the header of a table.
  ///
  /// - Throws: ``IngestError`` with code `.wrongFile`, naming the file and both headers, where the
  ///   columns are bound by position and the header is another one.
  init(of reader: any TableReader, rule: TableRule) throws {
    path = reader.path
    var record = TableRecord()
    let hasHeader = try reader.read(into: &record)
    let found = record.strings
    if let columns = rule.columns {
      names = columns
      if let header = rule.header {
        let isMatch =
          found.joined(separator: ",").hasPrefix(header)
          && found.dropFirst(columns.count).allSatisfy(\.isEmpty)
        guard isMatch else {
          throw IngestError(
            .wrongFile,
            "\(path): expected the header \(header), found "
              + (hasHeader ? HeaderText.found(found) : "an empty file")
              + "; name the right file with --table \(rule.name)=FILE.")
        }
      }
    } else {
      guard hasHeader else {
        throw IngestError(.wrongFile, "\(path) is empty; download or copy it again.")
      }
      names = found.map(Self.trimmed)
    }
    requiredFieldCount = (names.lastIndex { !$0.isEmpty } ?? -1) + 1
    indexByName = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    indexByFoldedName = Dictionary(
      names.enumerated().map { (Finding.folded($1), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The column of a name: as it is spelled, else but for case, spaces, underscores and hyphens.
  func index(of name: String) -> Int? {
    indexByName[name] ?? indexByFoldedName[Finding.folded(name)]
  }

  /// The first of several names that is there.
  func index(of names: [String]) -> Int? {
    names.lazy.compactMap { index(of: $0) }.first
  }

  /// Whether a record has its fields, and beyond the header only empty ones.
  func isComplete(_ record: TableRecord) -> Bool {
    let count = record.fieldCount
    guard count != names.count else { return true }
    guard count >= requiredFieldCount else { return false }
    return count <= names.count || (names.count..<count).allSatisfy { record[$0].isEmpty }
  }

  /// What is said of a record that is not complete.
  func mismatch(of record: TableRecord) -> String {
    NumberText.count(record.fieldCount, "field") + " where \(requiredFieldCount) are expected"
      + (record.endsWithFile ? ", and the file ends there: it seems to be cut" : "")
  }

  /// What is said when a column is missing.
  func missing(_ columns: [String], key: String) -> IngestError {
    let wanted = columns.joined(separator: " or ")
    let nearest = columns.lazy.compactMap { names.nearest(to: $0) }.first
    return IngestError(
      .wrongFile,
      "\(path): there is no column \(wanted) for \(key); "
        + (nearest.map { "the nearest is \($0)" }
          ?? "the header is \(HeaderText.found(names))")
        + ". Correct the file or the descriptor.")
  }

  private static func trimmed(_ name: String) -> String {
    let spaces: Set<Character> = [" ", "\t"]
    return String(
      name.drop(while: spaces.contains).reversed().drop(while: spaces.contains).reversed())
  }
}
