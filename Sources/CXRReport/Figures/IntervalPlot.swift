// SPDX-License-Identifier: Apache-2.0

/// Points with intervals, one row per name and one line per model within it, panels below one
/// another.
struct IntervalPlot {
  /// A point with its interval, and the range that chance alone would give.
  struct Entry: Hashable {
    /// The value, or `nil` when it is undefined.
    var value: Double?
    /// The ends of the interval.
    var interval: ClosedRange<Double>?
    /// The range under chance.
    var chance: ClosedRange<Double>?
    /// The mean under chance.
    var chanceMean: Double?
    /// The number in words, printed beside the plot.
    var text: String
  }

  /// A row: one entry for each model.
  struct Row: Hashable {
    /// The name at the left.
    let name: String
    /// The entries, by model.
    let entries: [Entry]
  }

  /// One plot with its own axis.
  struct Panel: Hashable {
    /// The title above it.
    let title: String
    /// The title of the axis below it.
    let axisTitle: String
    /// The ends of the axis.
    let range: ClosedRange<Double>
    /// The rows from the top.
    let rows: [Row]
    /// A vertical line for each model, such as an overall rate.
    var references: [Double?] = []
  }

  private let models: [String]
  private let panels: [Panel]

  /// Collects the panels.
  ///
  /// - Parameters:
  ///   - models: The models' names.
  ///   - panels: The panels from the top.
  init(models: [String], panels: [Panel]) {
    self.models = models
    self.panels = panels
  }

  /// The script.
  ///
  /// - Parameter title: The title of the figure.
  /// - Returns: The script that draws it.
  func script(title: String) -> String {
    let names = panels.flatMap(\.rows).map { TextMetrics.shortened($0.name, to: 36) }
    let left = 24 + max(60, names.map(TextMetrics.width).max() ?? 0)
    let width = left + Self.plotWidth + Self.textWidth
    let head = 40 + GnuplotScript.legendHeight(of: models, width: width)
    let height = head + panels.reduce(0) { $0 + self.height(of: $1) + Self.panelFrame }
    var script = GnuplotScript(title: title, width: width, height: height)
    script.legend(models, top: 36)
    script.add("unset key; set border 1")
    var top = head
    for panel in panels {
      script.place(
        left: left, top: top + 30, width: Self.plotWidth, height: self.height(of: panel))
      add(panel, to: &script)
      script.clearAnnotations()
      top += self.height(of: panel) + Self.panelFrame
    }
    return script.finished()
  }

  private static let plotWidth = 520.0
  private static let textWidth = 165.0
  private static let panelFrame = 98.0

  private var rowHeight: Double { 12 + 17 * Double(models.count) }
  private func height(of panel: Panel) -> Double { rowHeight * Double(panel.rows.count) }

  /// The height of a model's line, from the top of the panel.
  private func y(row: Int, model: Int) -> Double {
    rowHeight * Double(row) + 6 + 17 * (Double(model) + 0.5)
  }

  private func add(_ panel: Panel, to script: inout GnuplotScript) {
    let ticks = panel.rows.enumerated().map { row, content in
      let name = GnuplotScript.quoted(TextMetrics.shortened(content.name, to: 36))
      return "\(name) \(rowHeight * (Double(row) + 0.5))"
    }
    script.add(
      """
      set title \(GnuplotScript.quoted(panel.title)) font ',13' offset 0,-0.4
      set xlabel \(GnuplotScript.quoted(panel.axisTitle)) offset 0,0.5
      set xrange [\(panel.range.lowerBound):\(panel.range.upperBound)]
      set yrange [\(height(of: panel)):0]
      set xtics auto font ',11'; set grid xtics lw 0.5 lc rgb '#e0e0e0'
      set ytics scale 0 (\(ticks.joined(separator: ", ")))
      """)
    addStripes(panel, to: &script)
    addReferences(panel, to: &script)
    var plots: [String] = []
    for model in models.indices {
      addTexts(panel, model: model, to: &script)
      addChance(panel, model: model, to: &script)
      plots += self.plots(panel, model: model, in: &script)
    }
    script.add("plot " + (plots.isEmpty ? "NaN" : plots.joined(separator: ", \\\n  ")))
  }

  /// Tints every other row, so that the eye keeps to its line.
  private func addStripes(_ panel: Panel, to script: inout GnuplotScript) {
    for row in panel.rows.indices where row.isMultiple(of: 2) {
      script.add(
        "set object rectangle from graph 0,first \(rowHeight * Double(row)) "
          + "to graph 1,first \(rowHeight * Double(row + 1)) "
          + "fc rgb '#f5f5f5' fs solid noborder behind")
    }
  }

  private func addReferences(_ panel: Panel, to script: inout GnuplotScript) {
    for (model, reference) in panel.references.enumerated() {
      guard let reference, reference.isFinite else { continue }
      script.add(
        "set arrow from first \(reference),graph 0 to first \(reference),graph 1 nohead "
          + "lw 1.2 dt 2 lc rgb '\(SeriesStyle(of: model).colour)'")
    }
  }

  private func addTexts(_ panel: Panel, model: Int, to script: inout GnuplotScript) {
    for (row, content) in panel.rows.enumerated() {
      script.add(
        "set label \(GnuplotScript.quoted(content.entries[model].text)) "
          + "at graph 1.025,first \(y(row: row, model: model)) left font ',11'")
    }
  }

  private func addChance(_ panel: Panel, model: Int, to script: inout GnuplotScript) {
    for (row, content) in panel.rows.enumerated() {
      let y = y(row: row, model: model)
      let entry = content.entries[model]
      if let chance = entry.chance {
        script.add(
          "set object rectangle from first \(chance.lowerBound),first \(y - 6) "
            + "to first \(min(chance.upperBound, panel.range.upperBound)),first \(y + 6) "
            + "fc rgb '\(SeriesStyle.chanceColour)' fs solid noborder back")
      }
      if let mean = entry.chanceMean {
        script.add(
          "set arrow from first \(mean),first \(y - 6) to first \(mean),first \(y + 6) nohead "
            + "lw 1.5 lc rgb '#6e6e6e' back")
      }
    }
  }

  private func plots(
    _ panel: Panel, model: Int, in script: inout GnuplotScript
  ) -> [String] {
    let rows = panel.rows.enumerated().compactMap { row, content -> [Double]? in
      let entry = content.entries[model]
      guard let value = entry.value else { return nil }
      return [
        value, y(row: row, model: model), entry.interval?.lowerBound ?? value,
        entry.interval?.upperBound ?? value,
      ]
    }
    guard !rows.isEmpty else { return [] }
    let style = SeriesStyle(of: model)
    let data = script.data(rows)
    return [
      "\(data) using 1:2:3:4 with xerrorbars pt \(style.pointType) ps 0.7 lw 1.8 "
        + "lc rgb '\(style.colour)'"
    ]
  }
}
