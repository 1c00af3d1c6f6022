// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// Gives a table without a header the names of its columns.
final class HeadedReader: TableReader {
  private let reader: any TableReader
  private var header: [String]?

  init(_ reader: any TableReader, header: [String]) {
    self.reader = reader
    self.header = header
  }

  var path: String { reader.path }

  func read(into record: inout TableRecord) throws(FileError) -> Bool {
    guard let header else { return try reader.read(into: &record) }
    self.header = nil
    record.removeAll()
    record.line = 0
    for name in header { record.append(name) }
    return true
  }
}

/// The texts of a folder or a zip archive as a table: the path of each, and its text.
final class TextTableReader: TableReader {
  static let header = ["file", "text"]
  private let texts: TextFileCollection
  private var isAtHeader = true

  init(path: String) throws(FileError) {
    self.path = path
    texts = try TextFileCollection(path: path)
  }

  let path: String

  func read(into record: inout TableRecord) throws(FileError) -> Bool {
    record.removeAll()
    if isAtHeader {
      isAtHeader = false
      for name in Self.header { record.append(name) }
      return true
    }
    guard let file = try texts.next() else { return false }
    record.line += 1
    record.append(file.path)
    record.append(file.bytes)
    return true
  }
}
