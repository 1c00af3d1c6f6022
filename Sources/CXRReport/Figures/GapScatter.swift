// SPDX-License-Identifier: Apache-2.0

/// Gap against AUROC: a column of panels per attribute, a row per kind of gap, a point per model.
struct GapScatter {
  /// One model in one panel.
  struct Point: Hashable {
    /// The model's position in the legend.
    let model: Int
    /// The mean AUROC.
    let auroc: Double
    /// The ends of its interval.
    let aurocInterval: ClosedRange<Double>
    /// The gap.
    let gap: Double
    /// The ends of its interval.
    let gapInterval: ClosedRange<Double>
    /// The range of the gap under chance.
    let chance: ClosedRange<Double>?
  }

  /// One panel.
  struct Panel: Hashable {
    /// The title above it.
    let title: String
    /// The title of the vertical axis.
    let axisTitle: String
    /// The points.
    let points: [Point]
  }

  private let models: [String]
  private let rows: [[Panel]]

  /// Collects the panels.
  ///
  /// - Parameters:
  ///   - models: The models' names.
  ///   - rows: The panels, row by row; the panels of a row share their vertical axis.
  init(models: [String], rows: [[Panel]]) {
    self.models = models
    self.rows = rows
  }

  /// The script.
  ///
  /// - Parameter title: The title of the figure.
  /// - Returns: The script that draws it.
  func script(title: String) -> String {
    let columns = max(2, rows.map(\.count).max() ?? 0)
    let width = Self.panelWidth * Double(columns)
    let head = 40 + GnuplotScript.legendHeight(of: models, width: width)
    var script = GnuplotScript(
      title: title, width: width,
      height: head + Self.panelHeight * Double(rows.count))
    script.legend(models, top: 36)
    script.add(
      """
      unset key
      set grid lw 0.5 lc rgb '#e4e4e4'
      set xlabel 'Mean AUROC' offset 0,0.4
      set ytics auto font ',11'
      """)
    for (row, panels) in rows.enumerated() {
      for (column, panel) in panels.enumerated() {
        script.place(
          left: 72 + Self.panelWidth * Double(column),
          top: head + 30 + Self.panelHeight * Double(row), width: Self.panelWidth - 92,
          height: Self.panelHeight - 105)
        add(panel, ceiling: Self.ceiling(of: panels), to: &script)
        script.clearAnnotations()
      }
    }
    return script.finished()
  }

  private static let panelWidth = 340.0
  private static let panelHeight = 330.0

  private static func ceiling(of panels: [Panel]) -> Double {
    AxisRange.ceiling(
      panels.flatMap(\.points).flatMap { [$0.gapInterval.upperBound, $0.chance?.upperBound ?? 0] })
  }

  private var aurocRange: ClosedRange<Double> {
    let intervals = rows.joined().flatMap(\.points).map(\.aurocInterval)
    let lower = (intervals.map(\.lowerBound).min() ?? 0.5) - 0.01
    let upper = (intervals.map(\.upperBound).max() ?? 1) + 0.01
    return (50 * lower).rounded(.down) / 50...(50 * upper).rounded(.up) / 50
  }

  private func add(_ panel: Panel, ceiling: Double, to script: inout GnuplotScript) {
    let range = aurocRange
    let halfWidth = (range.upperBound - range.lowerBound) * 0.018
    script.add(
      """
      set title \(GnuplotScript.quoted(panel.title)) font ',13' offset 0,-0.4
      set ylabel \(GnuplotScript.quoted(panel.axisTitle)) offset 1.6,0
      set xrange [\(range.lowerBound):\(range.upperBound)]; set yrange [0:\(ceiling)]
      set xtics \(AxisRange.tickStep(of: range)) font ',11'
      """)
    for point in panel.points {
      guard let chance = point.chance else { continue }
      script.add(
        "set object rectangle from first \(point.auroc - halfWidth),first \(chance.lowerBound) "
          + "to first \(point.auroc + halfWidth),first \(chance.upperBound) "
          + "fc rgb '\(SeriesStyle.chanceColour)' fs solid noborder back")
    }
    let plots = panel.points.map { point in
      let style = SeriesStyle(of: point.model)
      let data = script.data([
        [
          point.auroc, point.gap, point.aurocInterval.lowerBound, point.aurocInterval.upperBound,
          point.gapInterval.lowerBound, point.gapInterval.upperBound,
        ]
      ])
      return "\(data) using 1:2:3:4:5:6 with xyerrorbars pt \(style.pointType) ps 0.8 lw 1.8 "
        + "lc rgb '\(style.colour)'"
    }
    script.add("plot " + (plots.isEmpty ? "NaN" : plots.joined(separator: ", \\\n  ")))
  }
}
