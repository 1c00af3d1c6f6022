// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A table as people read it, whatever it is printed on.
struct DisplayTable: Hashable {
  /// A column.
  struct Column: Hashable {
    /// The side to which cells are pushed.
    enum Alignment { case leading, trailing }

    /// The heading.
    let title: String
    /// The heading where room is scarce.
    let shortTitle: String
    /// The side to which cells are pushed.
    let alignment: Alignment

    /// A column of words.
    static func words(_ title: String) -> Column {
      Column(title: title, shortTitle: title, alignment: .leading)
    }

    /// A column of numbers.
    static func numbers(_ title: String, short: String? = nil) -> Column {
      Column(title: title, shortTitle: short ?? title, alignment: .trailing)
    }
  }

  /// What a terminal shows of a table; documents show everything.
  enum TerminalDetail { case everything, withoutIntervals, nothing }

  /// The title.
  var title: String
  /// The columns; the first names the row.
  let columns: [Column]
  /// The rows, each with one cell per column.
  var rows: [[Cell]]
  /// A last row that sums up the others.
  var summaryRow: [Cell]?
  /// What a reader must know about the whole table.
  var notes: [String] = []
  /// What a terminal shows of it.
  var terminalDetail = TerminalDetail.everything

  /// All rows, the summary last.
  var allRows: [[Cell]] { rows + (summaryRow.map { [$0] } ?? []) }

  /// The distinct reasons in the order in which a reader meets them; a cell's footnote number is
  /// the position of its reason plus one.
  var footnotes: [String] {
    allRows.joined().compactMap(\.reason).distinct
  }
}
