// SPDX-License-Identifier: Apache-2.0

/// Lists of texts as Python and NumPy print them into a cell: `['a', "b's", ['c']]` or
/// `['C1' 'C2'\n 'C3']`.
///
///     PythonList.items(of: "['edema', ['rib fracture']]")  // ["edema", "rib fracture"]
public enum PythonList {
  /// Reads a list.
  ///
  /// - Parameter text: The text of a cell.
  /// - Returns: The items in order, nested lists flattened, each with single spaces and none around
  ///   it, empty ones left out; or `nil` where the text is no list.
  /// - Complexity: O(*n*) for *n* bytes.
  public static func items(of text: String) -> [String]? {
    let bytes = Array(text.utf8)
    var items: [String] = []
    var depth = 0
    var position = 0
    var hasOpened = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "["):
        guard depth > 0 || !hasOpened else { return nil }
        depth += 1
        hasOpened = true
      case UInt8(ascii: "]"):
        depth -= 1
        guard depth >= 0 else { return nil }
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard depth > 0, let item = quoted(bytes, &position, quote: byte) else { return nil }
        if !item.isEmpty { items.append(item) }
      case UInt8(ascii: ","), UInt8(ascii: " "), 0x09...0x0D:
        continue
      default:
        // A bare word, such as a number.
        guard depth > 0 else { return nil }
        let start = position - 1
        while position < bytes.count, ![0x2C, 0x5D, 0x20, 0x0A].contains(bytes[position]) {
          position += 1
        }
        items.append(String(decoding: bytes[start..<position], as: UTF8.self))
      }
    }
    return hasOpened && depth == 0 ? items : nil
  }

  /// Reads up to the closing quote; a backslash keeps the byte behind it.
  private static func quoted(
    _ bytes: [UInt8], _ position: inout Int, quote: UInt8
  ) -> String? {
    var item: [UInt8] = []
    while position < bytes.count, bytes[position] != quote {
      if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count { position += 1 }
      item.append(bytes[position])
      position += 1
    }
    guard position < bytes.count else { return nil }
    position += 1
    return String(decoding: item, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
