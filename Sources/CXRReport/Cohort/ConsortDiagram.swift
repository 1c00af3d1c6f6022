// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCohort
internal import CXRCore

/// A flow as a CONSORT diagram: a column of boxes for each dataset, exclusions to their right.
///
/// Two columns fit on a page; further datasets go below them.
///
/// - SeeAlso: Schulz, Altman & Moher, *BMJ* 340 (2010), <https://doi.org/10.1136/bmj.c332>.
struct ConsortDiagram {
  private let flow: CohortFlow

  /// Prepares a diagram.
  ///
  /// - Parameter flow: The flow.
  init(_ flow: CohortFlow) { self.flow = flow }

  /// The figure.
  var figure: Figure {
    let all = flow.datasets.map(Self.stages)
    let rows = stride(from: 0, to: all.count, by: 2).map { Array(all[$0..<min($0 + 2, all.count)]) }
    let heights = rows.map { $0.map(Self.height).max() ?? 0 }
    let bottom =
      Self.head + heights.reduce(0, +) + Self.rowGap * Double(max(0, rows.count - 1))
    let width = 24 + Self.columnWidth * Double(min(2, all.count))
    var script = GnuplotScript(
      title: flow.title, width: width,
      height: bottom + (isJoined ? Self.joinHeight : 0) + 24)
    script.add("unset border; unset tics; unset key; set xrange [0:1]; set yrange [0:1]")
    var top = Self.head
    for (row, stages) in rows.enumerated() {
      for (column, stages) in stages.enumerated() {
        let left = 24 + Self.columnWidth * Double(column)
        let end = Self.draw(stages, left: left, top: top, in: &script)
        // From an upper row, arrows would cross the lower ones.
        guard isJoined, rows.count == 1 else { continue }
        let x = left + Self.mainWidth / 2
        script.arrow(fromX: x, y: end, toX: x, y: bottom + 30)
      }
      top += heights[row] + Self.rowGap
    }
    if isJoined { drawTotal(top: bottom + 30, width: width, in: &script) }
    script.add("plot NaN")
    return Figure(
      name: "flow", title: flow.title, caption: caption, script: script.finished())
  }

  /// The rules without effect, which the boxes leave out.
  private var caption: String {
    let idle = flow.datasets.flatMap { dataset in
      dataset.steps.filter { $0.kind == .excluded && $0.radiographCount == 0 }
        .map { "\($0.name) (\(dataset.origin.dataset))" }
    }
    return "Studies and patients count as excluded by the rule that takes their last radiograph."
      + (idle.isEmpty ? "" : " Rules that removed nothing: \(idle.joined(separator: "; ")).")
  }

  private static let head = 44.0
  private static let mainWidth = 230.0
  private static let sideWidth = 250.0
  private static let columnWidth = mainWidth + 40 + sideWidth + 24
  private static let gap = 22.0
  private static let joinHeight = 96.0
  private static let rowGap = 40.0

  private var isJoined: Bool { flow.datasets.count > 1 && flow.cohort != nil }

  /// A box of the column, and what was excluded before it.
  private struct Stage {
    var exclusion: [String] = []
    let lines: [String]
    let isLast: Bool

    static func height(_ lines: [String]) -> Double {
      lines.isEmpty ? 0 : GnuplotScript.lineHeight * Double(lines.count) + 16
    }
    var height: Double { Self.height(lines) }
    /// The room between this box and the one above.
    var lead: Double { exclusion.isEmpty ? 34 : Self.height(exclusion) + 2 * gap }
  }

  private static func stages(_ flow: CohortFlow.DatasetFlow) -> [Stage] {
    let read = ["\(NumberText.count(flow.origin.recordsRead)) records read"]
    let about = flow.radiographsRead.map { ["about \(NumberText.count($0, "radiograph"))"] } ?? []
    var stages = [
      Stage(lines: wrapped(flow.origin.title, mainWidth) + read + about, isLast: false)
    ]
    let dropped = flow.dropped.filter { $0.count > 0 }.flatMap { reason, count in
      wrapped("\(reason) (\(NumberText.count(count)))", sideWidth)
    }
    var exclusion = dropped.isEmpty ? [] : ["Dropped while reading"] + dropped
    var left = (radiographs: 0, studies: 0, patients: 0)
    for step in flow.steps {
      let counts = (step.radiographCount, step.studyCount, step.patientCount)
      guard step.kind == .excluded else {
        left = counts
        guard step.kind == .start || flow.steps.count == 1 else { continue }
        stages.append(
          Stage(exclusion: exclusion, lines: ["In the catalog"] + lines(left), isLast: false))
        exclusion = []
        continue
      }
      guard step.radiographCount > 0 else { continue }
      left = (left.radiographs - counts.0, left.studies - counts.1, left.patients - counts.2)
      stages.append(
        Stage(
          exclusion: ["Excluded"] + wrapped(step.name, sideWidth) + lines(counts),
          lines: ["Remaining"] + lines(left), isLast: false))
    }
    if flow.steps.last?.kind == .kept, flow.steps.count > 1, let last = stages.popLast() {
      stages.append(
        Stage(exclusion: last.exclusion, lines: ["In the cohort"] + lines(left), isLast: true))
    }
    return stages
  }

  private static func lines(
    _ counts: (radiographs: Int, studies: Int, patients: Int)
  ) -> [String] {
    let studies = counts.studies > 0 ? [NumberText.plural(counts.studies, "study", "studies")] : []
    return [NumberText.count(counts.radiographs, "radiograph")] + studies
      + [NumberText.count(counts.patients, "patient")]
  }

  private static func wrapped(_ text: String, _ width: Double) -> [String] {
    text.singleLine.wrapped(to: Int((width - 16) / TextMetrics.width(of: "x")))
  }

  private static func height(_ stages: [Stage]) -> Double {
    stages.enumerated().reduce(0) { $0 + $1.element.height + ($1.offset > 0 ? $1.element.lead : 0) }
  }

  /// Draws a column and returns where its last box ends.
  private static func draw(
    _ stages: [Stage], left: Double, top: Double, in script: inout GnuplotScript
  ) -> Double {
    var y = top
    let x = left + mainWidth / 2
    for (index, stage) in stages.enumerated() {
      if index > 0 {
        script.arrow(fromX: x, y: y, toX: x, y: y + stage.lead)
        if !stage.exclusion.isEmpty {
          let side = left + mainWidth + 40
          script.arrow(fromX: x, y: y + stage.lead / 2, toX: side, y: y + stage.lead / 2)
          script.box(
            stage.exclusion, left: side, top: y + gap, width: sideWidth,
            height: stage.lead - 2 * gap, fill: "#f5f5f5")
        }
        y += stage.lead
      }
      script.box(
        stage.lines, left: left, top: y, width: mainWidth, height: stage.height,
        fill: stage.isLast ? "#dcebf5" : "#ffffff")
      y += stage.height
    }
    return y
  }

  private func drawTotal(top: Double, width: Double, in script: inout GnuplotScript) {
    let kept = flow.datasets.compactMap { $0.steps.last }
    let total = kept.reduce(into: (radiographs: 0, studies: 0, patients: 0)) { sum, step in
      sum.radiographs += step.radiographCount
      sum.studies += step.studyCount
      sum.patients += step.patientCount
    }
    let isOneRow = flow.datasets.count <= 2
    let lastLeft = 24 + Self.columnWidth
    script.box(
      [
        "Cohort \(TextMetrics.shortened(flow.cohort?.singleLine ?? "", to: 40))"
          + (isOneRow ? "" : ": all blue boxes together")
      ] + [Self.lines(total).joined(separator: ", ")],
      left: 24, top: top, width: lastLeft + Self.mainWidth - 24, height: 54, fill: "#dcebf5")
  }
}

extension NumberText {
  /// A count with its noun in one of two forms.
  fileprivate static func plural(_ count: Int, _ one: String, _ many: String) -> String {
    "\(self.count(count)) \(count == 1 ? one : many)"
  }
}
