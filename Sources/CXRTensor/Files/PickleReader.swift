// SPDX-License-Identifier: Apache-2.0

/// Takes a pickle apart into operations and their arguments.
struct PickleReader {
  private let bytes: [UInt8]
  /// Where the next byte is.
  private(set) var position: Int

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - bytes: The pickle, perhaps among others.
  ///   - position: Where it begins.
  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// Reads a byte, or `nil` at the end.
  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    position += 1
    return bytes[position - 1]
  }

  /// Reads a number of `count` bytes, the lowest first; `nil` behind the end or beyond `Int`.
  mutating func unsigned(_ count: Int) -> Int? {
    guard let field = take(count) else { return nil }
    let word = field.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: word)
  }

  /// Reads a number of 4 bytes in two's complement.
  mutating func signed() -> Int? {
    unsigned(4).map { Int(Int32(truncatingIfNeeded: $0)) }
  }

  /// Reads a number of 8 bytes, the highest first.
  mutating func float() -> Double? {
    take(8).map { Double(bitPattern: $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) }
  }

  /// Reads bytes behind their count.
  ///
  /// - Parameter size: The bytes of the count.
  /// - Returns: The bytes, or `nil` behind the end.
  mutating func counted(_ size: Int) -> ArraySlice<UInt8>? { unsigned(size).flatMap { take($0) } }

  /// Reads a text behind its count.
  ///
  /// - Parameter size: The bytes of the count.
  /// - Returns: The text, or `nil` behind the end and for what is not UTF-8.
  mutating func text(_ size: Int) -> String? {
    counted(size).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Reads a text up to the end of the line.
  mutating func line() -> String? {
    guard let end = bytes[position...].firstIndex(of: 0x0A) else { return nil }
    defer { position = end + 1 }
    return String(validating: bytes[position..<end], as: UTF8.self)
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - position else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }
}
