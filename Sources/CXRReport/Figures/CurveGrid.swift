// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

/// Small multiples of curves: one square panel per label, the models over one another.
struct CurveGrid {
  /// What is drawn.
  enum Kind { case roc, precisionRecall, calibration }

  /// Calibration bins with fewer radiographs are not drawn: their shares say nothing.
  static let smallestBin = 10

  private let kind: Kind
  private let curves: [CurveSet]
  private let models: [String]
  private let labels: [String]
  private let annotation: (CurveSet) -> String?

  /// Collects the panels.
  ///
  /// - Parameters:
  ///   - kind: What is drawn.
  ///   - curves: The curves of every model and label.
  ///   - annotation: A short text for each curve, such as its AUROC.
  init(_ kind: Kind, curves: [CurveSet], annotation: @escaping (CurveSet) -> String?) {
    self.kind = kind
    self.curves = curves
    self.annotation = annotation
    models = curves.map(\.model).distinct
    labels = curves.map(\.label).distinct
  }

  /// The script.
  ///
  /// - Parameter title: The title of the figure.
  /// - Returns: The script that draws it.
  func script(title: String) -> String {
    let columns = min(4, max(2, labels.count))
    let rows = (labels.count + columns - 1) / columns
    let width = Self.panelWidth * Double(columns)
    let head = 40 + GnuplotScript.legendHeight(of: models, width: width)
    var script = GnuplotScript(
      title: title, width: width, height: head + Self.panelHeight * Double(rows))
    script.legend(models, top: 36)
    script.add(
      """
      unset key
      set xrange [0:1]; set yrange [0:1]
      set xtics 0,0.25,1 font ',11'; set ytics 0,0.25,1 font ',11'
      set grid lw 0.5 lc rgb '#e4e4e4'
      set xlabel \(GnuplotScript.quoted(axes.x)) offset 0,0.4
      set ylabel \(GnuplotScript.quoted(axes.y)) offset 2.2,0
      """)
    for (index, label) in labels.enumerated() {
      script.place(
        left: 62 + Self.panelWidth * Double(index % columns),
        top: head + 30 + Self.panelHeight * Double(index / columns),
        width: Self.panelWidth - 80, height: Self.panelHeight - 90)
      addPanel(label, to: &script)
      script.clearAnnotations()
    }
    return script.finished()
  }

  private static let panelWidth = 305.0
  private static let panelHeight = 315.0

  private var axes: (x: String, y: String) {
    switch kind {
    case .roc: ("False-positive rate", "True-positive rate")
    case .precisionRecall: ("Recall", "Precision")
    case .calibration: ("Mean score", "Observed share of positives")
    }
  }

  private func addPanel(_ label: String, to script: inout GnuplotScript) {
    script.add("set title \(GnuplotScript.quoted(label)) font ',13' offset 0,-0.4")
    let panel = models.enumerated().compactMap { index, model in
      curves.first { $0.model == model && $0.label == label }.map { (index, $0) }
    }
    annotate(panel, in: &script)
    var plots = [reference(panel.map(\.1), in: &script)]
    for (index, curve) in panel { plots += bands(of: curve, index, in: &script) }
    for (index, curve) in panel { plots += lines(of: curve, index, in: &script) }
    script.add("plot " + plots.joined(separator: ", \\\n  "))
  }

  /// The diagonal, or the precision of a random ranking.
  private func reference(_ panel: [CurveSet], in script: inout GnuplotScript) -> String {
    let prevalence = panel.first?.prevalence ?? 0
    let ends = kind == .precisionRecall ? (prevalence, prevalence) : (0, 1)
    let data = script.data([[0, ends.0], [1, ends.1]])
    return "\(data) using 1:2 with lines lw 1 dt 2 lc rgb '\(SeriesStyle.referenceColour)'"
  }

  private func bands(
    of curve: CurveSet, _ index: Int, in script: inout GnuplotScript
  ) -> [String] {
    let rows = points(of: curve).compactMap { point -> [Double]? in
      guard let lower = point.lower, let upper = point.upper else { return nil }
      return [point.x, lower, upper]
    }
    guard rows.count > 1 else { return [] }
    let colour = SeriesStyle(of: index).colour
    return [
      "\(script.data(rows)) using 1:2:3 with filledcurves fc rgb '\(colour)' "
        + "fs transparent solid 0.22 noborder"
    ]
  }

  private func lines(
    of curve: CurveSet, _ index: Int, in script: inout GnuplotScript
  ) -> [String] {
    let rows =
      kind == .calibration
      ? curve.calibration.filter { $0.n >= Self.smallestBin }.map { [$0.meanScore, $0.observed] }
      : points(of: curve).map { [$0.x, $0.y] }
    guard !rows.isEmpty else { return [] }
    let style = SeriesStyle(of: index)
    let shape =
      kind == .calibration ? "linespoints pt \(style.pointType) ps 0.5 lw 1.2" : "lines lw 1.8"
    return [
      "\(script.data(rows)) using 1:2 with \(shape) dt \(style.dashType) lc rgb '\(style.colour)'"
    ]
  }

  private func points(of curve: CurveSet) -> [CurveSet.Point] {
    switch kind {
    case .roc: curve.roc
    case .precisionRecall: curve.precisionRecall
    case .calibration: []
    }
  }

  /// Writes each curve's number into the corner that curves leave free; four at most.
  private func annotate(_ panel: [(Int, CurveSet)], in script: inout GnuplotScript) {
    guard panel.count <= 4 else { return }
    for (line, (index, curve)) in panel.enumerated() {
      guard let text = annotation(curve) else { continue }
      let style = SeriesStyle(of: index)
      // A frequent label's precision stays high, so its numbers go below the curve.
      let isBelow = kind == .roc || curve.prevalence > 0.3
      let y = isBelow ? 0.07 + 0.09 * Double(panel.count - 1 - line) : 0.94 - 0.09 * Double(line)
      script.add(
        "set label \(GnuplotScript.quoted(text)) at graph 0.38,\(y) left font ',11' front "
          + "point pt \(style.pointType) ps 0.6 lc rgb '\(style.colour)' offset 0.8,0")
    }
  }
}
