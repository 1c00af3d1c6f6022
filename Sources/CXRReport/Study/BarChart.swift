// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Bars side by side, one group of them for each test set, panels below one another.
struct BarChart {
  /// A bar.
  struct Bar: Hashable {
    /// Its height, or `nil` when it is undefined.
    let value: Double?
    /// The ends of its interval.
    let interval: ClosedRange<Double>?
    /// What the paper published.
    let published: Double?

    /// The highest of what is drawn.
    var top: Double? {
      [interval?.upperBound, value, published].compactMap(\.self).max()
    }
  }

  /// A group of bars.
  struct Group: Hashable {
    /// The name below it.
    let name: String
    /// The bars, by arm.
    let bars: [Bar]
  }

  /// One plot with its own axis.
  struct Panel: Hashable {
    /// The title of its axis.
    let axisTitle: String
    /// Where the axis begins.
    let floor: Double
    /// The groups from the left.
    let groups: [Group]
  }

  private let arms: [String]
  private let panels: [Panel]

  /// Collects the panels.
  ///
  /// - Parameters:
  ///   - arms: The names in the legend.
  ///   - panels: The panels from the top.
  init(arms: [String], panels: [Panel]) {
    self.arms = arms
    self.panels = panels
  }

  private static let plotHeight = 230.0
  private static let frame = 62.0
  private static let left = 72.0

  /// The width of a group in bars, with the room between groups.
  private var groupWidth: Double { Double(arms.count) + 1 }

  /// The script.
  ///
  /// - Parameter title: The title of the figure.
  /// - Returns: The script that draws it.
  func script(title: String) -> String {
    let count = Double(panels.map(\.groups.count).max() ?? 1)
    let plotWidth = max(420, 30 * groupWidth * count)
    let width = Self.left + plotWidth + 20
    let head = 40 + GnuplotScript.legendHeight(of: arms, width: width)
    var script = GnuplotScript(
      title: title, width: width,
      height: head + (Self.plotHeight + Self.frame) * Double(panels.count))
    script.legend(arms, top: 36)
    script.add(
      """
      unset key
      set grid ytics lw 0.5 lc rgb '#e4e4e4'
      set boxwidth 0.82 absolute
      set xrange [0:\(groupWidth * count)]
      """)
    for (index, panel) in panels.enumerated() {
      script.place(
        left: Self.left, top: head + 16 + (Self.plotHeight + Self.frame) * Double(index),
        width: plotWidth, height: Self.plotHeight)
      add(panel, to: &script)
      script.clearAnnotations()
    }
    return script.finished()
  }

  private func x(group: Int, arm: Int) -> Double {
    groupWidth * Double(group) + 1 + Double(arm)
  }

  private func add(_ panel: Panel, to script: inout GnuplotScript) {
    let bars = panel.groups.flatMap(\.bars)
    let highest = bars.compactMap(\.top).max() ?? 1
    // Room for the numbers above the bars.
    let ceiling = panel.floor + (highest - panel.floor) * 1.22
    let ticks = panel.groups.enumerated().map { index, group in
      let name = TextMetrics.shortened(group.name, to: max(10, arms.count * 4))
      return "\(GnuplotScript.quoted(name)) \(groupWidth * (Double(index) + 0.5))"
    }
    let step = AxisRange.tickStep(of: panel.floor...ceiling)
    script.add(
      """
      set ylabel \(GnuplotScript.quoted(panel.axisTitle)) offset 1.2,0
      set yrange [\(panel.floor):\(ceiling)]
      set ytics \(panel.floor),\(step) font ',11'
      set xtics scale 0 (\(ticks.joined(separator: ", "))) font ',12'
      """)
    var plots: [String] = []
    for arm in arms.indices {
      let entries = panel.groups.enumerated().compactMap { index, group in
        group.bars[arm].value.map {
          (x: x(group: index, arm: arm), value: $0, bar: group.bars[arm])
        }
      }
      guard !entries.isEmpty else { continue }
      let style = SeriesStyle(of: arm)
      plots.append(
        "\(script.data(entries.map { [$0.x, $0.value] })) using 1:2 with boxes "
          + "fc rgb '\(style.colour)' fs solid 0.8 border lc rgb '#333333'")
      // The shape of the legend, for readers who see no colours.
      let foot = panel.floor + (ceiling - panel.floor) * 0.035
      let marks = entries.filter { $0.value > foot + (foot - panel.floor) }.map { [$0.x, foot] }
      if !marks.isEmpty {
        plots.append(
          "\(script.data(marks)) using 1:2 with points pt \(style.pointType) ps 0.8 lc rgb '#ffffff'"
        )
      }
      let ends = entries.compactMap { entry in
        entry.bar.interval.map { [entry.x, $0.lowerBound, 0, $0.upperBound - $0.lowerBound] }
      }
      if !ends.isEmpty {
        // Error bars would punch a hole into the bar where their point is.
        plots.append(
          "\(script.data(ends)) using 1:2:3:4 with vectors heads size screen 0.005,90 lw 1.3 "
            + "lc rgb '#111111'")
      }
      let papers = entries.compactMap { entry in entry.bar.published.map { [entry.x, $0] } }
      if !papers.isEmpty {
        plots.append(
          "\(script.data(papers)) using 1:2 with points pt 12 ps 1.1 lw 1.6 lc rgb '#111111'")
      }
      for entry in entries {
        let top = entry.bar.top ?? entry.value
        script.add(
          "set label \(GnuplotScript.quoted(NumberText.decimal(entry.value))) at first \(entry.x),"
            + "first \(top) rotate by 90 left font ',10' offset 0,0.4 front")
      }
    }
    script.add("plot " + (plots.isEmpty ? "NaN" : plots.joined(separator: ", \\\n  ")))
  }
}
