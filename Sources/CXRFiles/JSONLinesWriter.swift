// SPDX-License-Identifier: Apache-2.0

/// Collects JSON Lines: one object with the same members per line, in UTF-8.
///
///     var writer = JSONLinesWriter(names: ["file_name", "age"])
///     writer.append([.text("a.png"), .integer(63)])  // {"file_name":"a.png","age":63}
///     try AtomicFile.write(writer.bytes, to: "metadata.jsonl")
///
/// - SeeAlso: RFC 8259, <https://www.rfc-editor.org/rfc/rfc8259>; <https://jsonlines.org>.
public struct JSONLinesWriter: Sendable {
  /// The value of a member.
  public enum Value: Hashable, Sendable {
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A finite number; a whole one is written without a fraction.
    case number(Double)
    /// Several texts.
    case texts([String])
    /// Nothing is known.
    case null
  }

  /// Everything written so far.
  public private(set) var bytes: [UInt8] = []
  private let keys: [[UInt8]]

  /// Creates a writer.
  ///
  /// - Parameter names: The names of the members, in the order of the values.
  public init(names: [String]) {
    keys = names.enumerated().map { index, name in
      var key: [UInt8] = [index == 0 ? 0x7B : 0x2C]
      Self.append(name, to: &key)
      return key + [0x3A]
    }
  }

  /// Everything written so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends an object on a line.
  ///
  /// - Parameter values: One value per name.
  /// - Precondition: There are as many values as names, at least one, and numbers are finite.
  public mutating func append(_ values: [Value]) {
    precondition(values.count == keys.count && !keys.isEmpty, "one value per name")
    for (key, value) in zip(keys, values) {
      bytes += key
      append(value)
    }
    bytes += [0x7D, 0x0A]
  }

  private mutating func append(_ value: Value) {
    switch value {
    case .text(let text): Self.append(text, to: &bytes)
    case .integer(let number): bytes += String(number).utf8
    case .number(let number):
      precondition(number.isFinite, "a finite number")
      bytes += (Int(exactly: number).map { String($0) } ?? String(number)).utf8
    case .texts(let texts):
      bytes.append(0x5B)
      for (index, text) in texts.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        Self.append(text, to: &bytes)
      }
      bytes.append(0x5D)
    case .null: bytes += "null".utf8
    }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x09: bytes += [0x5C, 0x74]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
