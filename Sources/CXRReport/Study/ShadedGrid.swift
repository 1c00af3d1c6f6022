// SPDX-License-Identifier: Apache-2.0

/// Cells with a number each, the darker the larger, in panels: heat maps and confusion matrices.
struct ShadedGrid {
  /// A cell.
  struct Entry: Hashable {
    /// The lines of its text.
    let lines: [String]
    /// How dark it is, from 0 to 1; `nil` for a cell without a number.
    let shade: Double?
  }

  /// One grid.
  struct Panel: Hashable {
    /// The title above it.
    let title: String
    /// The names of the columns.
    let columns: [String]
    /// The names of the rows.
    let rows: [String]
    /// The cells, row by row.
    let entries: [[Entry]]
    /// What the columns are.
    var columnTitle = ""
  }

  private let panels: [Panel]
  private let cellWidth: Double
  private let cellHeight: Double
  private let panelsPerRow: Int

  /// Collects the panels.
  ///
  /// - Parameters:
  ///   - panels: The panels in reading order, of the same shape.
  ///   - cellWidth: The width of a cell in pixels.
  ///   - cellHeight: The height of a cell in pixels.
  ///   - panelsPerRow: The number of panels beside one another.
  init(_ panels: [Panel], cellWidth: Double, cellHeight: Double, panelsPerRow: Int) {
    self.panels = panels
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.panelsPerRow = panelsPerRow
  }

  /// The script.
  ///
  /// - Parameter title: The title of the figure.
  /// - Returns: The script that draws it.
  func script(title: String) -> String {
    let names = panels.flatMap(\.rows).map { TextMetrics.width(of: Self.short($0)) }.max() ?? 0
    let left = 20 + names
    let columns = panels.map(\.columns.count).max() ?? 1
    let rows = panels.map(\.rows.count).max() ?? 1
    let panelWidth = left + cellWidth * Double(columns) + 16
    let head =
      panels.allSatisfy(\.title.isEmpty)
      ? 30.0 : panels.contains { !$0.columnTitle.isEmpty } ? 66.0 : 50.0
    let panelHeight = head + cellHeight * Double(rows) + 14
    let across = min(panelsPerRow, max(1, panels.count))
    let down = (panels.count + across - 1) / across
    var script = GnuplotScript(
      title: title, width: max(420, panelWidth * Double(across)),
      height: 34 + panelHeight * Double(down) + 10)
    script.add("unset border; unset tics; unset key; set xrange [0:1]; set yrange [0:1]")
    for (index, panel) in panels.enumerated() {
      draw(
        panel, left: panelWidth * Double(index % across), names: left,
        top: 34 + panelHeight * Double(index / across), head: head, in: &script)
    }
    script.add("plot NaN")
    return script.finished()
  }

  private static func short(_ name: String) -> String { TextMetrics.shortened(name, to: 30) }

  private func draw(
    _ panel: Panel, left: Double, names: Double, top: Double, head: Double,
    in script: inout GnuplotScript
  ) {
    if !panel.title.isEmpty {
      script.label(Self.short(panel.title), x: left + names, y: top + 14, size: 13)
    }
    if !panel.columnTitle.isEmpty {
      script.label(panel.columnTitle, x: left + names, y: top + 32, size: 11)
    }
    for (column, name) in panel.columns.enumerated() {
      let text = TextMetrics.shortened(name, to: Int(cellWidth / 6.5))
      script.label(
        text, x: left + names + cellWidth * Double(column) + 6, y: top + head - 8, size: 11)
    }
    for (row, name) in panel.rows.enumerated() {
      let y = top + head + cellHeight * Double(row)
      script.label(Self.short(name), x: left + 12, y: y + cellHeight / 2, size: 12)
      for (column, entry) in panel.entries[row].enumerated() {
        script.box(
          entry.lines, left: left + names + cellWidth * Double(column), top: y, width: cellWidth,
          height: cellHeight, fill: Self.colour(entry.shade))
      }
    }
  }

  /// A tint of one blue, never so dark that black text is lost on it.
  static func colour(_ shade: Double?) -> String {
    guard let shade, shade.isFinite else { return "#f2f2f2" }
    let part = min(1, max(0, shade))
    // From white to the sky blue of the series.
    let channels = [(255.0, 106.0), (255.0, 178.0), (255.0, 224.0)].map { light, dark in
      Int((light + (dark - light) * part).rounded())
    }
    return "#" + channels.map { String($0 / 16, radix: 16) + String($0 % 16, radix: 16) }.joined()
  }
}
