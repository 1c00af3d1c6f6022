// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import Foundation

/// The curves of training runs: losses, validation AUROC and learning rate by epoch, the runs over one
/// another.
///
/// Generators have no AUROC, and no panel of it.
struct TrainingCurves {
  /// The runs, without those that have no epoch.
  private let runs: [TrainingRunContent]

  /// Collects the runs.
  ///
  /// - Parameter runs: The runs; those without an epoch are left out.
  init(_ runs: [TrainingRunContent]) {
    self.runs = runs.filter { !$0.epochs.isEmpty }
  }

  /// The figure.
  ///
  /// - Parameters:
  ///   - name: The name of its file, without extension.
  ///   - title: The title; one that says how many runs there are if absent.
  /// - Returns: The figure.
  func figure(name: String, title: String? = nil) -> Figure {
    let title = title ?? (runs.count == 1 ? "Training of \(runs[0].name)" : "Training runs")
    return Figure(
      name: name, title: title,
      caption: "Solid: validation. Dotted, in the first panel: training. Ringed: the epoch whose "
        + "weights were kept, of each stage. Vertical: a new stage begins.",
      script: script(title: title))
  }

  /// One panel.
  private struct Panel {
    /// The title of the vertical axis.
    let axisTitle: String
    /// The height in pixels, without the frame.
    let height: Double
    /// The numbers of an epoch: those drawn solid first.
    let values: [(TrainingRunContent.Epoch) -> Double?]
    /// Whether the epochs whose weights are kept are ringed.
    let isRinged: Bool
  }

  /// Whether a run learns to tell findings.
  private var hasAUROC: Bool {
    runs.contains { $0.epochs.contains { $0.validationMeanAUROC != nil } }
  }

  /// The panels that there are numbers for.
  private var panels: [Panel] {
    [
      Panel(
        axisTitle: hasAUROC ? "Mean loss of a label" : "Mean loss", height: 220,
        values: [{ $0.validationLoss }, { $0.trainingLoss }], isRinged: false),
      Panel(
        axisTitle: "Mean AUROC, validation", height: 220, values: [{ $0.validationMeanAUROC }],
        isRinged: true),
      Panel(
        axisTitle: "Learning rate", height: 80, values: [{ $0.learningRate }], isRinged: false),
    ].filter { panel in
      runs.contains { run in
        run.epochs.contains { epoch in panel.values.contains { $0(epoch) != nil } }
      }
    }
  }
  private static let width = 760.0
  private static let frame = 44.0

  private func script(title: String) -> String {
    let names = runs.map { "\($0.name): \($0.bestText)" }
    let head = 40 + GnuplotScript.legendHeight(of: names, width: Self.width)
    let panels = panels
    let height = head + panels.reduce(0) { $0 + $1.height + Self.frame } + 46
    var script = GnuplotScript(title: title, width: Self.width, height: height)
    script.legend(names, top: 36)
    script.label(
      "Solid: validation. Dotted: training"
        + (hasAUROC ? ". Ring: the weights that were kept" : "")
        + (runs.contains { $0.stageCount > 1 } ? ". Vertical line: a new stage." : "."),
      x: 16, y: head + 6, size: 11)
    let count = runs.flatMap(\.epochs).map(\.epoch).max() ?? 0
    script.add(
      """
      unset key
      set grid lw 0.5 lc rgb '#e4e4e4'
      set xrange [0.5:\(Double(count) + 1.5)]
      set xtics 1,\(Self.tickStep(count + 1)) font ',11'
      set ytics auto font ',11'
      """)
    var top = head + 24
    for (index, panel) in panels.enumerated() {
      script.place(left: 94, top: top, width: Self.width - 114, height: panel.height)
      let isLast = index == panels.count - 1
      script.add(
        """
        set ylabel \(GnuplotScript.quoted(panel.axisTitle)) offset 0.8,0
        set format x \(isLast ? "'%g'" : "''")
        set xlabel \(GnuplotScript.quoted(isLast ? (hasAUROC ? "Epoch" : "Record of the losses") : "")) offset 0,0.4
        set yrange [\(isLast ? "0" : "*"):*]
        set ytics \(isLast ? rateTicks : "auto")
        """)
      add(panel, to: &script)
      script.clearAnnotations()
      top += panel.height + Self.frame
    }
    return script.finished()
  }

  /// Three numbers on the axis of the learning rate.
  private var rateTicks: String {
    let peak = runs.flatMap(\.epochs).map(\.learningRate).max() ?? 0
    guard peak > 0, peak.isFinite else { return "auto" }
    let ticks = [peak / 2, peak].map { String(format: "'%.3g' %.17g", $0, $0) }
    return "('0' 0, \(ticks.joined(separator: ", ")))"
  }

  /// The distance between the numbers of epochs that leaves about ten of them.
  private static func tickStep(_ count: Int) -> Int {
    [1, 2, 5, 10, 20, 50, 100, 200, 500].first { count <= 12 * $0 } ?? 1000
  }

  private func add(_ panel: Panel, to script: inout GnuplotScript) {
    var plots: [String] = []
    for (index, run) in runs.enumerated() {
      let style = SeriesStyle(of: index)
      for start in run.stageStarts {
        script.add(
          "set arrow from first \(Double(start) + 0.5),graph 0 to first \(Double(start) + 0.5),"
            + "graph 1 nohead lw 1 dt 2 lc rgb "
            + "'\(runs.count == 1 ? SeriesStyle.referenceColour : style.colour)' back")
      }
      for (number, value) in panel.values.enumerated() {
        // Stages are not joined: the first epoch of one does not follow from the last of the other.
        for stage in 0..<run.stageCount {
          let rows = run.epochs.filter { $0.stage == stage }.compactMap { epoch in
            value(epoch).map { [Double(epoch.epoch) + 1, $0] }
          }
          guard !rows.isEmpty else { continue }
          let shape =
            number == 0
            ? "linespoints pt \(style.pointType) ps 0.45 lw 1.8 dt \(style.dashType)"
            : "linespoints pt \(style.pointType) ps 0.2 lw 1.4 dt 3"
          plots.append("\(script.data(rows)) using 1:2 with \(shape) lc rgb '\(style.colour)'")
        }
      }
      guard panel.isRinged else { continue }
      let best = run.bestEpochs.compactMap { epoch in
        epoch.validationMeanAUROC.map { [Double(epoch.epoch) + 1, $0] }
      }
      guard !best.isEmpty else { continue }
      plots.append(
        "\(script.data(best)) using 1:2 with points pt 6 ps 1.4 lw 1.8 lc rgb '\(style.colour)'")
    }
    script.add("plot " + plots.joined(separator: ", \\\n  "))
  }
}

extension TrainingRunContent {
  /// The number of stages that have an epoch.
  fileprivate var stageCount: Int { (epochs.map(\.stage).max() ?? -1) + 1 }

  /// The first epochs of the stages behind the first.
  fileprivate var stageStarts: [Int] {
    (0..<stageCount).dropFirst().compactMap { stage in epochs.first { $0.stage == stage }?.epoch }
  }

  /// The epoch of each stage whose weights were kept.
  var bestEpochs: [Epoch] {
    (0..<stageCount).compactMap { stage in epochs.last { $0.stage == stage && $0.isBest } }
  }

  /// The epoch of the last stage whose weights were kept.
  var bestOfLastStage: Epoch? { bestEpochs.last { $0.stage == stageCount - 1 } }

  /// The best of the last stage in words.
  fileprivate var bestText: String {
    guard let best = bestOfLastStage, let mean = best.validationMeanAUROC else {
      return epochs.last.map { "validation loss \(NumberText.decimal($0.validationLoss))" }
        ?? "no losses yet"
    }
    return "AUROC \(NumberText.decimal(mean)) at epoch \(best.epoch + 1)"
  }
}
