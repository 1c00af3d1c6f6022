// SPDX-License-Identifier: Apache-2.0

/// Lays a table out for a terminal.
///
/// Values and intervals line up. A table too wide first breaks its row names over lines, then
/// continues below, with the row names repeated.
struct TextTable {
  private let table: DisplayTable
  private let width: Int
  private let columns: [TextColumn]

  /// Prepares a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - width: The most characters on a line, where row names and numbers allow.
  init(_ table: DisplayTable, width: Int) {
    self.table = table
    self.width = width
    let marks = FootnoteMarks(of: table).marks
    columns = table.columns.enumerated().map { index, column in
      TextColumn(
        column, cells: table.allRows.map { $0[index] }, marks: marks.map { $0[index] },
        showsIntervals: table.terminalDetail == .everything)
    }
  }

  /// The table without its title: heading, rows, notes and footnotes.
  var lines: [String] {
    let blocks = blocks
    let body = blocks.enumerated().flatMap { index, block in
      (index > 0 ? [""] : []) + lines(of: block)
    }
    let notes = table.notes.flatMap { $0.singleLine.wrapped(to: width) }
    let footnotes = table.footnotes.enumerated().flatMap { index, reason in
      "\(FootnoteMarks.superscript(index + 1)) \(reason)".wrapped(to: width, indent: "  ")
    }
    return body + notes + footnotes
  }

  /// The columns of each block; the first column stands in every one.
  private var blocks: [[TextColumn]] {
    guard let names = columns.first else { return [] }
    let total = columns.reduce(0) { $0 + $1.width + 2 } - 2
    let narrowed = names.narrowed(to: max(names.minimumWidth, names.width - max(0, total - width)))
    if total - names.width + narrowed.width <= width { return [[narrowed] + columns.dropFirst()] }

    // A table that is broken up need not break its row names, unless they leave no room.
    let name = names.narrowed(to: max(12, width / 2))
    var blocks: [[TextColumn]] = []
    var block = [name]
    var used = name.width
    for column in columns.dropFirst() {
      if block.count > 1, used + 2 + column.width > width {
        blocks.append(block)
        (block, used) = ([name], name.width)
      }
      block.append(column)
      used += 2 + column.width
    }
    return blocks + [block]
  }

  private func lines(of block: [TextColumn]) -> [String] {
    let rule = String(repeating: "─", count: block.reduce(0) { $0 + $1.width + 2 } - 2)
    let rows = (0..<table.allRows.count).map { row in joined(block.map { $0.lines(ofRow: row) }) }
    var lines = joined(block.map { [$0.heading] }) + [rule]
    for (index, row) in rows.enumerated() {
      if table.summaryRow != nil, index == rows.count - 1 { lines.append(rule) }
      lines += row
    }
    return lines
  }

  /// Sets the lines of each column beside one another.
  private func joined(_ cells: [[String]]) -> [String] {
    let height = cells.map(\.count).max() ?? 0
    return (0..<height).map { line in
      let parts = cells.map { cell in
        line < cell.count
          ? cell[line] : String(repeating: " ", count: cell.first?.count ?? 0)
      }
      let text = parts.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }
}
