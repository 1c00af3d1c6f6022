// SPDX-License-Identifier: Apache-2.0
internal import CXRGeneration

/// The share of images up to each cosine with their most similar real one: each checkpoint, and real
/// images with those of other patients.
struct NearestCurves {
  private let summaries: [MemorizationSummary]

  /// Collects the curves.
  ///
  /// - Parameter comparison: The checkpoints.
  /// - Precondition: Memorised images were looked for.
  init(_ comparison: CheckpointComparison) {
    precondition(!comparison.memorization.isEmpty, "a curve")
    summaries = comparison.memorization
  }

  /// The figure.
  var figure: Figure {
    let title = "Nearest real images"
    return Figure(
      name: "nearest", title: title,
      caption: "The share of images whose cosine with the most similar real image is at most this. "
        + "Grey: real images, with those of other patients. Vertical: the limit beyond which images "
        + "are looked at. A curve to the right of the grey one is nearer to real images than two "
        + "patients are.",
      script: script(title: title))
  }

  private func script(title: String) -> String {
    let names = summaries.map(\.name)
    let width = 700.0
    let head = 40 + GnuplotScript.legendHeight(of: names, width: width)
    var script = GnuplotScript(title: title, width: width, height: head + 400)
    script.legend(names, top: 36)
    script.label("Grey: real and real of another patient.", x: 16, y: head + 6, size: 11)
    script.add(
      """
      unset key
      set grid lw 0.5 lc rgb '#e4e4e4'
      set yrange [0:1]; set ytics 0,0.25,1 font ',11'
      set xtics auto font ',11'
      set xlabel 'Cosine with the most similar real image' offset 0,0.4
      set ylabel 'Share of images' offset 1.2,0
      """)
    script.place(left: 70, top: head + 24, width: width - 95, height: 310)
    let limit = summaries[0].limit
    script.add(
      "set arrow from first \(limit),graph 0 to first \(limit),graph 1 nohead lw 1.2 dt 2 "
        + "lc rgb '\(SeriesStyle.referenceColour)'")
    func points(_ quantiles: [Double], _ script: inout GnuplotScript) -> String {
      script.data(zip(quantiles, MemorizationSummary.probabilities).map { [$0, $1] })
    }
    let real = points(summaries[0].realQuantiles, &script)
    var plots = ["\(real) using 1:2 with lines lw 4 lc rgb '\(SeriesStyle.chanceColour)'"]
    for (index, summary) in summaries.enumerated() {
      let style = SeriesStyle(of: index)
      let data = points(summary.syntheticQuantiles, &script)
      plots.append(
        "\(data) using 1:2 with lines lw 1.8 dt \(style.dashType) lc rgb '\(style.colour)'")
    }
    script.add("plot " + plots.joined(separator: ", \\\n  "))
    return script.finished()
  }
}
