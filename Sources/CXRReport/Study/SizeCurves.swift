// SPDX-License-Identifier: Apache-2.0

/// Results against the amount of training data: a panel for each test set, a curve for each strategy.
struct SizeCurves {
  /// A trained model at an amount of data.
  struct Point: Hashable {
    /// The amount.
    let x: Double
    /// The result.
    let value: Double
    /// The ends of its interval.
    let interval: ClosedRange<Double>?
  }

  /// A strategy in a panel.
  struct Series: Hashable {
    /// Its position in the legend.
    let style: Int
    /// Its models; of one amount there may be several, with different seeds.
    let points: [Point]
    /// The result of a strategy whose amount does not vary.
    let level: Double?
  }

  /// A panel.
  struct Panel: Hashable {
    /// The title above it.
    let title: String
    /// The strategies.
    let series: [Series]
  }

  private let strategies: [String]
  private let panels: [Panel]
  private let xTitle: String
  private let yTitle: String

  /// Collects the panels.
  ///
  /// - Parameters:
  ///   - strategies: The names in the legend.
  ///   - panels: The panels in reading order.
  ///   - xTitle: What the amount is.
  ///   - yTitle: What the result is.
  init(strategies: [String], panels: [Panel], xTitle: String, yTitle: String) {
    self.strategies = strategies
    self.panels = panels
    self.xTitle = xTitle
    self.yTitle = yTitle
  }

  private static let panelWidth = 340.0
  private static let panelHeight = 316.0

  /// The script.
  ///
  /// - Parameter title: The title of the figure.
  /// - Returns: The script that draws it.
  func script(title: String) -> String {
    let columns = min(3, max(2, panels.count))
    let rows = (panels.count + columns - 1) / columns
    let width = Self.panelWidth * Double(columns)
    let head = 40 + GnuplotScript.legendHeight(of: strategies, width: width)
    var script = GnuplotScript(
      title: title, width: width, height: head + Self.panelHeight * Double(rows))
    script.legend(strategies, top: 36)
    let (x, y) = (xRange, yRange)
    script.add(
      """
      unset key
      set grid lw 0.5 lc rgb '#e4e4e4'
      set xrange [\(x.lowerBound):\(x.upperBound)]\(isLogarithmic ? "; set logscale x" : "")
      set yrange [\(y.lowerBound):\(y.upperBound)]
      set xtics auto font ',11'; set ytics \(AxisRange.tickStep(of: y)) font ',11'
      set format x '%.0f'
      set xlabel \(GnuplotScript.quoted(xTitle)) offset 0,0.4
      """)
    for (index, panel) in panels.enumerated() {
      let column = index % columns
      script.add(
        """
        set title \(GnuplotScript.quoted(panel.title)) font ',13' offset 0,-0.4
        set ylabel \(GnuplotScript.quoted(column == 0 ? yTitle : "")) offset 1.6,0
        """)
      script.place(
        left: 66 + Self.panelWidth * Double(column),
        top: head + 28 + Self.panelHeight * Double(index / columns),
        width: Self.panelWidth - 88, height: Self.panelHeight - 104)
      add(panel, to: &script)
      script.clearAnnotations()
    }
    return script.finished()
  }

  private var places: [Double] { panels.flatMap(\.series).flatMap(\.points).map(\.x) }

  /// Amounts over more than a factor of twelve would crowd at the left.
  private var isLogarithmic: Bool {
    guard let low = places.min(), let high = places.max(), low > 0 else { return false }
    return high / low > 12
  }

  private var xRange: ClosedRange<Double> {
    let (low, high) = (places.min() ?? 0, places.max() ?? 1)
    return isLogarithmic ? low / 1.3...high * 1.3 : 0...max(high, .leastNonzeroMagnitude) * 1.06
  }

  private var yRange: ClosedRange<Double> {
    let series = panels.flatMap(\.series)
    let ends =
      series.flatMap(\.points).flatMap {
        [$0.interval?.lowerBound ?? $0.value, $0.interval?.upperBound ?? $0.value]
      } + series.compactMap(\.level)
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 1)
    return (20 * low).rounded(.down) / 20...max(
      (20 * high).rounded(.up), (20 * low).rounded(.down) + 1) / 20
  }

  private func add(_ panel: Panel, to script: inout GnuplotScript) {
    var plots: [String] = []
    let range = xRange
    for series in panel.series {
      let style = SeriesStyle(of: series.style)
      let colour = "lc rgb '\(style.colour)'"
      if let level = series.level {
        let data = script.data([[range.lowerBound, level], [range.upperBound, level]])
        plots.append("\(data) using 1:2 with lines lw 1.6 dt 2 \(colour)")
      }
      let byPlace = Dictionary(grouping: series.points, by: \.x).sorted { $0.key < $1.key }
      guard !byPlace.isEmpty else { continue }
      let means = byPlace.map { x, points in
        [x, points.map(\.value).reduce(0, +) / Double(points.count)]
      }
      plots.append("\(script.data(means)) using 1:2 with lines lw 1.8 \(colour)")
      let points = series.points.map { point in
        [
          point.x, point.value, point.interval?.lowerBound ?? point.value,
          point.interval?.upperBound ?? point.value,
        ]
      }
      plots.append(
        "\(script.data(points)) using 1:2:3:4 with yerrorbars pt \(style.pointType) ps 0.7 lw 1.2 "
          + colour)
    }
    script.add("plot " + (plots.isEmpty ? "NaN" : plots.joined(separator: ", \\\n  ")))
  }
}
