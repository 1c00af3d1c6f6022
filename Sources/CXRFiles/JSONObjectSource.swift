// SPDX-License-Identifier: Apache-2.0

/// The objects of a JSON Lines file, or of a file that is one JSON array, as the bytes of each.
///
/// What an object looks like inside is not examined.
final class JSONObjectSource {
  /// The most bytes that one object may have.
  static let objectByteLimit = 16 << 20

  private enum Layout {
    case lines
    case arrayStart
    case arrayRest
    case arrayEnd
  }

  private let source: ByteSource
  private var layout: Layout?
  private var chunk: [UInt8] = []
  private var position = 0
  /// The line on which `position` is.
  private var line = 1

  /// Opens a plain or a gzip-compressed file.
  init(path: String) throws(FileError) { source = try ByteSource(path: path) }

  /// The path of the file, as given.
  var path: String { source.path }

  /// Reads the next object.
  ///
  /// - Returns: The bytes of the object and the line on which it begins, or `nil` at the end.
  /// - Throws: ``FileError`` with code `.malformed`, naming the line.
  func next() throws(FileError) -> (line: Int, bytes: [UInt8])? {
    if layout == nil {
      if try peek() == 0xEF { position = chunk.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
      try skipSpace()
      let isArray = try peek() == UInt8(ascii: "[")
      if isArray { position += 1 }
      layout = isArray ? .arrayStart : .lines
    }
    try skipSpace()
    guard layout != .lines else { return try nextLine() }
    return try nextElement()
  }

  private func nextLine() throws(FileError) -> (line: Int, bytes: [UInt8])? {
    guard try peek() != nil else { return nil }
    var bytes: [UInt8] = []
    while try peek() != nil {
      let end = chunk[position...].firstIndex(of: 0x0A) ?? chunk.count
      bytes += chunk[position..<end]
      try requireSize(bytes)
      position = end
      if end < chunk.count { break }
    }
    return (line, bytes)
  }

  private func nextElement() throws(FileError) -> (line: Int, bytes: [UInt8])? {
    var byte = try peek()
    if layout == .arrayRest, byte == UInt8(ascii: ",") {
      position += 1
      try skipSpace()
      byte = try peek()
      guard byte == UInt8(ascii: "{") else { throw malformed("an object must follow the comma") }
      return try balancedObject()
    }
    if layout != .arrayEnd, byte == UInt8(ascii: "]") {
      position += 1
      layout = .arrayEnd
      try skipSpace()
      byte = try peek()
    }
    if layout == .arrayEnd {
      guard byte == nil else { throw malformed("nothing may follow the array") }
      return nil
    }
    guard layout == .arrayStart, byte == UInt8(ascii: "{") else {
      throw malformed(
        byte == nil ? "the array is not closed" : "the array must consist of objects")
    }
    layout = .arrayRest
    return try balancedObject()
  }

  /// Reads up to the brace that closes the one at the position.
  private func balancedObject() throws(FileError) -> (line: Int, bytes: [UInt8]) {
    let start = line
    var bytes: [UInt8] = []
    var depth = 0
    var isInString = false
    var isEscaped = false
    while let byte = try peek() {
      position += 1
      bytes.append(byte)
      if byte == 0x0A { line += 1 }
      if isInString {
        if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      default: break
      }
      if depth == 0 { return (start, bytes) }
      try requireSize(bytes)
    }
    throw FileError(.malformed, "\(path):\(start): the object that begins here is not closed.")
  }

  private func requireSize(_ bytes: [UInt8]) throws(FileError) {
    guard bytes.count > Self.objectByteLimit else { return }
    throw malformed("an object may have \(Self.objectByteLimit) bytes at most")
  }

  private func skipSpace() throws(FileError) {
    while let byte = try peek(), [0x20, 0x09, 0x0D, 0x0A].contains(byte) {
      if byte == 0x0A { line += 1 }
      position += 1
    }
  }

  /// The byte at the position, or `nil` at the end of the file.
  private func peek() throws(FileError) -> UInt8? {
    if position == chunk.count {
      position = 0
      guard try source.read(into: &chunk) else { return nil }
    }
    return chunk[position]
  }

  private func malformed(_ rule: String) -> FileError {
    FileError(.malformed, "\(path):\(line): \(rule); copy the file again or repair it.")
  }
}
