// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// Counts the way from the records to the radiographs kept, by reason and by view.
struct FlowCount {
  private var readByView: [View: Int] = [:]
  private var excludedByReason: [(reason: String, byView: [View: Int])] = []

  mutating func countRead(_ view: View) { readByView[view, default: 0] += 1 }

  mutating func countExcluded(_ reason: String, _ view: View) {
    if let place = excludedByReason.firstIndex(where: { $0.reason == reason }) {
      excludedByReason[place].byView[view, default: 0] += 1
    } else {
      excludedByReason.append((reason, [view: 1]))
    }
  }

  /// The steps: records, radiographs read, dropped by reason, kept; each by view.
  func steps(
    recordsRead: Int, unusable: [Provenance.FlowStep], kept: [RadiographRecord]
  ) -> [Provenance.FlowStep] {
    let readCount = readByView.values.reduce(0, +)
    var steps = [Provenance.FlowStep("records read", recordsRead)] + unusable
    if readCount + unusable.reduce(0, { $0 + $1.count }) != recordsRead {
      steps.append(Provenance.FlowStep("radiographs read", readCount))
    }
    if !excludedByReason.isEmpty { steps += Self.byView("read", readByView) }
    for (reason, byView) in excludedByReason.sorted(by: { $0.reason < $1.reason }) {
      steps += Self.byView("dropped: \(reason)", byView)
    }
    let keptByView = kept.reduce(into: [View: Int]()) { $0[$1.view, default: 0] += 1 }
    return steps + [Provenance.FlowStep("radiographs kept", kept.count)]
      + Self.byView("kept", keptByView)
  }

  private static func byView(
    _ step: String, _ counts: [View: Int]
  ) -> [Provenance.FlowStep] {
    let separator = step.contains(":") ? "," : ":"
    return View.allCases.compactMap { view in
      counts[view].map { Provenance.FlowStep("\(step)\(separator) view \(view.rawValue)", $0) }
    }
  }
}
