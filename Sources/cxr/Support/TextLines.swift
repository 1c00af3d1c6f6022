// SPDX-License-Identifier: Apache-2.0

/// How the lists of the terminal are laid out: in 80 columns, whatever reads them.
enum TextLines {
  /// The number of columns.
  static let width = 80

  /// Breaks each line of a text at blanks so that it fits, as long as its words do.
  ///
  /// - Parameters:
  ///   - text: One or more lines.
  ///   - indent: The number of blanks before what was broken off, beside those of its line.
  /// - Returns: The lines.
  static func wrappedLines(of text: String, indent: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { wrapped(String($0), indent: indent + $0.prefix { $0 == " " }.count) }
      .joined(separator: "\n")
  }

  /// Breaks a line at blanks so that it fits, as long as its words do.
  ///
  /// - Parameters:
  ///   - line: The line; blanks at its beginning and rows of blanks stay.
  ///   - indent: The number of blanks before the lines that follow the first.
  /// - Returns: One or more lines, with line feeds between them.
  static func wrapped(_ line: String, indent: Int) -> String {
    guard line.count > width else { return line }
    var lines: [String] = []
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    var current = String(words.first ?? "")
    for word in words.dropFirst() {
      let isBlank = current.allSatisfy { $0 == " " }
      if word.isEmpty || isBlank || current.count + 1 + word.count <= width {
        current += " \(word)"
      } else {
        lines.append(current)
        current = String(repeating: " ", count: indent) + word
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }
}
