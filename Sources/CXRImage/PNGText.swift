// SPDX-License-Identifier: Apache-2.0

/// A word that a PNG file says of itself: a tEXt chunk, or an iTXt chunk where ASCII is not enough.
///
///     try image.pngBytes(texts: [PNGText("Software", "cxr")])
///
/// - SeeAlso: The keywords in use, <https://www.w3.org/TR/png-3/#11keywords>.
public struct PNGText: Hashable, Sendable {
  /// What is said, such as `Description`.
  public let keyword: String
  /// The text.
  public let text: String

  /// Creates a text.
  ///
  /// - Parameters:
  ///   - keyword: What is said: 1 to 79 printable characters of ASCII, without blanks at its ends or
  ///     two in a row.
  ///   - text: The text; a zero character in it becomes a blank.
  /// - Precondition: The keyword is one that PNG allows.
  public init(_ keyword: String, _ text: String) {
    precondition(
      (1...79).contains(keyword.utf8.count)
        && keyword.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        && keyword.first != " " && keyword.last != " " && !keyword.contains("  "),
      "a keyword of PNG")
    self.keyword = keyword
    self.text = text.replacing("\0", with: " ")
  }

  /// Both, each ended by a zero, in UTF-8.
  var characters: [CChar] { Array(keyword.utf8CString) + Array(text.utf8CString) }
}
