// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The members of a JSON object as text, numbers as they are written.
///
/// Foundation decides what is JSON and what an escaped string says; it would not tell `1.0` from
/// `1`, which is why the text of the values is taken from the file.
///
/// A key that stands twice is there twice, so that a reader can refuse it.
///
///     JSONObjectMembers(Array(#"{"age": 63.0}"#.utf8))?.pairs.count  // 1
public struct JSONObjectMembers {
  /// Keys and values in the order of the file, in UTF-8: strings without quotes, `null` empty,
  /// everything else as it is written.
  public private(set) var pairs: [(key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
  private let bytes: [UInt8]
  private var position = 0

  /// Takes an object apart; `nil` unless the bytes are one JSON object in UTF-8.
  ///
  /// - Parameter bytes: The object, with nothing but space around it.
  /// - Complexity: O(bytes).
  public init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any],
      skip("{")
    else { return nil }
    if skip("}") { return }
    repeat {
      guard let key = string(), skip(":"), let value = value() else { return nil }
      pairs.append((key, value))
    } while skip(",")
    guard skip("}") else { return nil }
  }

  private mutating func value() -> ArraySlice<UInt8>? {
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "{"), UInt8(ascii: "["): return nested()
    default:
      let end = bytes[position...].firstIndex { [0x2C, 0x7D, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
      guard let end else { return nil }
      defer { position = end }
      let text = bytes[position..<end]
      return text.elementsEqual("null".utf8) ? [] : text
    }
  }

  /// The string at the position, unescaped.
  private mutating func string() -> ArraySlice<UInt8>? {
    guard skip("\"") else { return nil }
    let start = position
    var isEscaped = false
    while position < bytes.count, isEscaped || bytes[position] != UInt8(ascii: "\"") {
      isEscaped = !isEscaped && bytes[position] == UInt8(ascii: "\\")
      position += 1
    }
    guard position < bytes.count else { return nil }
    let text = bytes[start..<position]
    position += 1
    guard text.contains(UInt8(ascii: "\\")) else { return text }
    let quoted = Data(bytes[(start - 1)..<position])
    return (try? JSONDecoder().decode(String.self, from: quoted)).map { ArraySlice($0.utf8) }
  }

  /// The object or array at the position, as it is written.
  private mutating func nested() -> ArraySlice<UInt8>? {
    let start = position
    var depth = 0
    repeat {
      guard position < bytes.count else { return nil }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        guard string() != nil else { return nil }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      position += 1
    } while depth > 0
    return bytes[start..<position]
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }
}
