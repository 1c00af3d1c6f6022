// SPDX-License-Identifier: Apache-2.0
internal import CXRGeneration
internal import CXRStatistics

/// Scores against checkpoints: a panel for each measure, the chosen one ringed, real images as a line.
struct CheckpointCurves {
  private let comparison: CheckpointComparison
  private let measures: [ScoreMeasure]

  /// Collects the panels.
  ///
  /// - Parameter comparison: The checkpoints; a measure that none has is left out.
  init(_ comparison: CheckpointComparison) {
    self.comparison = comparison
    measures = comparison.measures.filter { measure in
      comparison.scores.contains { $0[measure] != nil }
    }
  }

  /// The figure.
  var figure: Figure {
    let title = "Scores of \(comparison.scores.count) checkpoints"
    return Figure(
      name: "scores", title: title,
      caption:
        "Bars: 95 % intervals. Ring: the chosen checkpoint. Dashed: real images, by the same "
        + "models. An arrow says whether larger or smaller is better.",
      script: script(title: title))
  }

  private static let panelWidth = 300.0
  private static let panelHeight = 250.0

  private func script(title: String) -> String {
    let columns = min(3, max(2, measures.count))
    let rows = (measures.count + columns - 1) / columns
    var script = GnuplotScript(
      title: title, width: Self.panelWidth * Double(columns),
      height: 60 + Self.panelHeight * Double(rows))
    script.label("Ring: chosen. Dashed: real images.", x: 16, y: 42, size: 11)
    // Many or long names stand upright, so that they do not run into one another.
    let names = comparison.scores.map { TextMetrics.shortened($0.name, to: 12) }
    let isCrowded = names.map(TextMetrics.width).reduce(0, +) + 10 * Double(names.count) > 220
    let ticks = names.enumerated().map { "\(GnuplotScript.quoted($1)) \($0 + 1)" }
    script.add(
      """
      unset key
      set grid ytics lw 0.5 lc rgb '#e4e4e4'
      set xrange [0.5:\(Double(names.count) + 0.5)]
      set xtics \(isCrowded ? "rotate by 90 right " : "")(\(ticks.joined(separator: ", "))) font ',11'
      set ytics auto font ',11'
      set yrange [*:*]
      set offsets 0, 0, graph 0.08, graph 0.08
      """)
    for (index, measure) in measures.enumerated() {
      script.place(
        left: 62 + Self.panelWidth * Double(index % columns),
        top: 88 + Self.panelHeight * Double(index / columns),
        width: Self.panelWidth - 80, height: Self.panelHeight - (isCrowded ? 110 : 76))
      add(measure, to: &script)
      script.clearAnnotations()
    }
    return script.finished()
  }

  private func add(_ measure: ScoreMeasure, to script: inout GnuplotScript) {
    let arrow = measure.preference == .larger ? "↑" : "↓"
    script.add(
      "set title \(GnuplotScript.quoted("\(measure.name) \(arrow)")) font ',13' offset 0,-0.4")
    let style = SeriesStyle(of: 0)
    let points = comparison.scores.enumerated().compactMap { index, score -> [Double]? in
      guard let value = score[measure] else { return nil }
      let interval = score.intervals[measure.name]
      return [Double(index) + 1, value, interval?.lower ?? value, interval?.upper ?? value]
    }
    var plots: [String] = []
    if let real = comparison.real[measure] {
      let data = script.data([[0.5, real], [Double(comparison.scores.count) + 0.5, real]])
      plots.append(
        "\(data) using 1:2 with lines lw 1.4 dt 2 lc rgb '\(SeriesStyle.referenceColour)'")
    }
    let data = script.data(points)
    plots.append("\(data) using 1:2 with lines lw 1.4 lc rgb '\(style.colour)'")
    plots.append(
      "\(data) using 1:2:3:4 with yerrorbars pt \(style.pointType) ps 0.6 lw 1.4 "
        + "lc rgb '\(style.colour)'")
    let chosen = comparison.scores.firstIndex { $0.name == comparison.choice?.chosen }
    if let chosen, let value = comparison.scores[chosen][measure] {
      let ring = script.data([[Double(chosen) + 1, value]])
      plots.append(
        "\(ring) using 1:2 with points pt 6 ps 1.8 lw 2 lc rgb '\(SeriesStyle(of: 1).colour)'")
    }
    script.add("plot " + plots.joined(separator: ", \\\n  "))
  }
}
