// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStudy
import Foundation

/// What the study verbs print for people.
enum StudyText {
  /// The stages with their status and their command lines.
  static func plan(_ plan: PlanDocument) -> String {
    let lines = plan.stages.map { stage in
      let command = (["cxr"] + stage.arguments).map(\.shellQuoted).joined(separator: " ")
      return line(stage, time: stage.status == "done" ? nil : stage.expectedSeconds) + "\n"
        + (stage.work.map { TextLines.wrapped(column + $0, indent: column.count) + "\n" } ?? "")
        + TextLines.wrapped("    \(command)", indent: 6)
    }
    let head = "Study \(plan.study) in \(plan.folder). In a shell, the same command lines need"
    return TextLines.wrapped(head, indent: 2)
      + "\n  export CXR_CATALOG=\(plan.catalog.shellQuoted)\n\n"
      + lines.joined(separator: "\n") + "\n\n" + summary(plan) + missing(plan)
  }

  /// What is missing, each once.
  private static func missing(_ plan: PlanDocument) -> String {
    guard !plan.missingInputs.isEmpty else { return "" }
    return "\nMissing\n"
      + plan.missingInputs.map { input in
        let others = input.stages.count - 1
        return TextLines.wrapped(
          "  \(input.message) Needed by \(input.stages[0])"
            + (others > 0 ? " and \(NumberText.count(others, "other"))." : "."), indent: 4) + "\n"
      }.joined()
  }

  private static let column = String(repeating: " ", count: 11)

  /// The stages with when they ended and how long they took.
  static func status(_ plan: PlanDocument) -> String {
    "Study \(plan.study) in \(plan.folder).\n\n"
      + plan.stages.map { line($0, time: $0.seconds) }.joined(separator: "\n") + "\n\n"
      + summary(plan)
  }

  private static func line(_ stage: PlanDocument.Item, time: Double?) -> String {
    var text = stage.status.padding(toLength: 11, withPad: " ", startingAt: 0) + stage.stage
    if let time { text += "  \(duration(time))" }
    if stage.isOnGPU { text += "  (GPU)" }
    return TextLines.wrapped(text + (stage.reason.map { ": \($0)" } ?? ""), indent: 13)
  }

  private static func summary(_ plan: PlanDocument) -> String {
    let open = plan.stages.filter { $0.status != "done" }
    guard !open.isEmpty else {
      return "All \(NumberText.count(plan.stages.count, "stage")) are up to date.\n"
    }
    let missing = open.count { $0.status == "missing" }
    let known = open.compactMap(\.expectedSeconds)
    var text =
      "\(plan.doneCount) of \(NumberText.count(plan.stages.count, "stage")) are up to date, "
      + "\(open.count) have to run"
    if missing > 0 { text += "; inputs of \(missing) are missing" }
    if !known.isEmpty {
      text +=
        "; \(known.count == open.count ? "all" : "\(known.count)") of them have their like behind them, "
        + "and take about \(duration(known.reduce(0, +)))"
    }
    return TextLines.wrapped(text + ".", indent: 2) + "\n"
  }

  /// A time in the unit that suits it.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<100: String(format: "%.1f s", seconds)
    case ..<6000: String(format: "%.0f min", seconds / 60)
    default: String(format: "%.1f h", seconds / 3600)
    }
  }
}
