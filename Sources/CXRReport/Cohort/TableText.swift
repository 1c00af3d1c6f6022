// SPDX-License-Identifier: Apache-2.0

/// Some tables below one another in a terminal, under one title.
struct TableText {
  /// The title.
  let title: String
  /// The tables.
  let tables: [DisplayTable]
  /// What a reader must know of all tables.
  let notes: [String]

  /// Renders the tables; what was said below one is not said again below the next.
  func text(width: Int, style: TerminalReport.Style) -> String {
    precondition(width >= 40, "at least 40 columns")
    var lines = heading(title, width: width, style: style)
    lines += notes.flatMap { "! \($0.singleLine)".wrapped(to: width, indent: "  ") }
    var said: Set<String> = []
    for var table in tables {
      table.notes.removeAll { !said.insert($0).inserted }
      lines += [""] + heading(table.title, width: width, style: style)
      lines += [""] + TextTable(table, width: width).lines
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(
    _ text: String, width: Int, style: TerminalReport.Style
  ) -> [String] {
    text.singleLine.wrapped(to: width).map { style == .bold ? "\u{1B}[1m\($0)\u{1B}[0m" : $0 }
  }
}
