// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON Lines file, one object a line, as a table; plain or gzip-compressed.
///
/// A file that is one JSON array of objects is read the same way. The header are the keys of the
/// first object, sorted by name. Strings come unescaped and numbers as they are written; `null` and
/// a key that an object lacks are empty fields, and what is nested stays JSON.
///
///     let reader = try JSONLinesReader(path: "impression_fixed.json")
///     var record = TableRecord()
///     while try reader.read(into: &record) { print(record.line, record.strings) }
///
/// - SeeAlso: <https://jsonlines.org>.
public final class JSONLinesReader: TableReader {
  private let source: JSONObjectSource
  /// The first object, while it waits for its turn after the header, then the next one.
  private var first: (line: Int, members: JSONObjectMembers)?
  private var columns: [ArraySlice<UInt8>: Int]?

  /// Opens a JSON Lines file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
  public init(path: String) throws(FileError) { source = try JSONObjectSource(path: path) }

  /// The path of the file, as given.
  public var path: String { source.path }

  /// Reads the next record; its line is that on which the object begins.
  ///
  /// - Parameter record: The record to fill.
  /// - Returns: `false` at the end of the file; the record then has no fields.
  /// - Throws: ``FileError`` with code `.malformed`, naming the line, if a line is no JSON object,
  ///   names a key twice, or has a key that the first object lacks; or whatever reading throws.
  public func read(into record: inout TableRecord) throws(FileError) -> Bool {
    record.removeAll()
    guard let columns else { return try readHeader(into: &record) }
    if first == nil { first = try nextObject() }
    guard let (line, members) = first else { return false }
    first = nil
    record.line = line
    var fields = [ArraySlice<UInt8>?](repeating: nil, count: columns.count)
    for (key, value) in members.pairs {
      let name = String(decoding: key, as: UTF8.self)
      guard let column = columns[key] else {
        throw FileError(
          .malformed, "\(path):\(line): the key \"\(name)\" is not among those of the first object."
        )
      }
      guard fields[column] == nil else {
        throw FileError(.malformed, "\(path):\(line): the key \"\(name)\" occurs twice.")
      }
      fields[column] = value
    }
    for field in fields { record.append(field ?? []) }
    return true
  }

  private func readHeader(into record: inout TableRecord) throws(FileError) -> Bool {
    guard let object = try nextObject() else { return false }
    let names = Set(object.members.pairs.map(\.key)).sorted { $0.lexicographicallyPrecedes($1) }
    columns = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    first = object
    record.line = object.line
    for name in names { record.append(name) }
    return true
  }

  private func nextObject() throws(FileError) -> (line: Int, members: JSONObjectMembers)? {
    guard let (line, bytes) = try source.next() else { return nil }
    guard let members = JSONObjectMembers(bytes) else {
      throw FileError(
        .malformed, "\(path):\(line): not a JSON object; every line must be one, in UTF-8.")
    }
    return (line, members)
  }
}
