// SPDX-License-Identifier: Apache-2.0

extension String {
  /// Returns the text in one line: line ends become blanks, and white space is collapsed.
  ///
  /// For sections that come as cells of a table, as those of CheXpert Plus do. There, a backslash
  /// followed by n (or r, or t) also stands for a line end.
  ///
  ///     "No change.\\n \n Clear".joinedLines()  // "No change. Clear"
  ///
  /// - Returns: The text without leading and trailing white space.
  /// - Complexity: O(length).
  public func joinedLines() -> String {
    var bytes = Array(utf8)
    for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "\\") {
      switch bytes[index + 1] {
      case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        bytes[index] = 0x20
        bytes[index + 1] = 0x20
      default: break
      }
    }
    return CXRText.joinedLines(bytes[...])
  }
}

/// Returns UTF-8 as a string in one line, white space collapsed.
func joinedLines(_ text: ArraySlice<UInt8>) -> String {
  var joined: [UInt8] = []
  joined.reserveCapacity(text.count)
  for byte in text {
    if !isSpace(byte) {
      joined.append(byte)
    } else if let last = joined.last, last != 0x20 {
      joined.append(0x20)
    }
  }
  if joined.last == 0x20 { joined.removeLast() }
  return String(decoding: joined, as: UTF8.self)
}

/// Whether a byte is ASCII white space.
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
