// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The text on one line: runs of white space and control characters become one space.
  ///
  /// Names come from files and from the command line; without this a name could move the cursor
  /// of a terminal or break a Markdown table.
  var singleLine: String {
    var line = ""
    var isAfterSpace = true
    for scalar in unicodeScalars {
      let category = scalar.properties.generalCategory
      if scalar.properties.isWhitespace || category == .control || category == .format {
        if !isAfterSpace { line.append(" ") }
        isAfterSpace = true
      } else {
        line.unicodeScalars.append(scalar)
        isAfterSpace = false
      }
    }
    return isAfterSpace && !line.isEmpty ? String(line.dropLast()) : line
  }

  /// Breaks the text into lines at spaces.
  ///
  /// - Parameters:
  ///   - width: The most characters on a line, at least 1; only a longer word is cut.
  ///   - indent: Put before every line but the first; counts towards the width.
  /// - Returns: The lines, at least one.
  func wrapped(to width: Int, indent: String = "") -> [String] {
    precondition(width > indent.count, "room for at least one character")
    var lines: [String] = []
    var line = ""
    var isStart = true
    for word in split(separator: " ") {
      if !isStart, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isStart) = (indent, true)
      }
      line += (isStart ? "" : " ") + word
      isStart = false
      while line.count > width {
        lines.append(String(line.prefix(width)))
        line = indent + line.dropFirst(width)
      }
    }
    return lines + [line]
  }
}
