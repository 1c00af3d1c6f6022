// SPDX-License-Identifier: Apache-2.0

/// Text that Markdown shows as it is.
enum MarkdownText {
  /// Escapes what Markdown or HTML would read as markup; intervals in brackets stay readable.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.singleLine.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\\", "`", "*", "_", "|", "~", "#": escaped += "\\\(scalar)"
      case "(", "[":
        // Only after a closing bracket would these make a link.
        escaped += escaped.last == "]" ? "\\\(scalar)" : "\(scalar)"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A table with its notes and footnotes.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - page: The page that has the anchors to which cells lead; without it cells are plain text.
  /// - Returns: The Markdown text, ending in a newline.
  static func table(_ table: DisplayTable, page: String? = nil) -> String {
    let marks = FootnoteMarks(of: table).marks
    let heading = table.columns.map { escaped($0.title) }
    let rule = table.columns.map { $0.alignment == .trailing ? "---:" : ":---" }
    let rows = zip(table.allRows, marks).map { row, marks in
      zip(row, marks).map { cell, mark in
        guard let page, let link = cell.link, link.hasPrefix("#"), !cell.text.isEmpty else {
          return escaped(cell.plainText) + mark
        }
        let interval = cell.interval.map { " " + escaped($0) } ?? ""
        return "[\(escaped(cell.text))](\(page)\(link))\(interval)\(mark)"
      }
    }
    let lines = ([heading, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    let footnotes = table.footnotes.enumerated().map { index, reason in
      "\(FootnoteMarks.superscript(index + 1)) \(escaped(reason))"
    }
    let notes = table.notes.map(escaped) + footnotes
    return (lines + notes.flatMap { ["", $0] }).joined(separator: "\n") + "\n"
  }
}
