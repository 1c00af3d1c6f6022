// SPDX-License-Identifier: Apache-2.0

/// A column of a table in a terminal: values, intervals and footnote marks below one another.
struct TextColumn {
  private struct Entry {
    let text: String
    let interval: String
    let mark: String
  }

  private let title: String
  private let alignment: DisplayTable.Column.Alignment
  private let entries: [Entry]
  private var limit: Int?

  /// Prepares a column.
  ///
  /// - Parameters:
  ///   - column: The column's heading and alignment.
  ///   - cells: The cells, one per row.
  ///   - marks: Their footnote marks.
  ///   - showsIntervals: Whether intervals are printed.
  init(
    _ column: DisplayTable.Column, cells: [Cell], marks: [String], showsIntervals: Bool
  ) {
    title = column.shortTitle
    alignment = column.alignment
    entries = zip(cells, marks).map { cell, mark in
      let interval = showsIntervals ? cell.interval : nil
      return Entry(
        text: cell.text, interval: interval.map { " " + $0 } ?? "", mark: mark)
    }
  }

  /// The number of characters of every line.
  var width: Int { limit ?? max(title.count, naturalWidth) }

  /// The narrowest width that cuts no word.
  var minimumWidth: Int {
    guard alignment == .leading else { return width }
    let words = (entries.map(\.text) + [title]).flatMap { $0.split(separator: " ") }
    return min(width, max(12, (words.map(\.count).max() ?? 0) + 2))
  }

  /// The heading, padded.
  var heading: String { padded(title) }

  /// The same column, with its words broken over lines of at most this width.
  func narrowed(to limit: Int) -> TextColumn {
    var column = self
    column.limit = min(width, limit)
    return column
  }

  /// The lines of one row, each padded.
  func lines(ofRow row: Int) -> [String] {
    let entry = entries[row]
    guard alignment == .trailing else {
      let text = entry.text + entry.mark
      return (limit.map { text.wrapped(to: $0, indent: "  ") } ?? [text]).map(padded)
    }
    let rest = entry.interval + entry.mark
    return [
      padded(
        Self.padding(textWidth - entry.text.count) + entry.text + rest
          + Self.padding(restWidth - rest.count))
    ]
  }

  private var textWidth: Int { entries.map(\.text.count).max() ?? 0 }
  private var restWidth: Int { entries.map { $0.interval.count + $0.mark.count }.max() ?? 0 }

  private var naturalWidth: Int {
    guard alignment == .trailing else {
      return entries.map { $0.text.count + $0.mark.count }.max() ?? 0
    }
    return textWidth + restWidth
  }

  private func padded(_ text: String) -> String {
    let padding = Self.padding(width - text.count)
    return alignment == .leading ? text + padding : padding + text
  }

  private static func padding(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }
}
