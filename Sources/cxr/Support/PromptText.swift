// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore

/// What the prompt verbs print for people.
enum PromptText {
  /// A prompt set with some of its prompts, as JSON output gives it.
  struct Description: Encodable {
    let set: PromptSetInfo
    let examples: [String]
  }

  /// The prompt sets with their sizes.
  static func list(_ sets: [PromptSetInfo]) -> String {
    guard !sets.isEmpty else {
      return "There are no prompts; make some with `cxr prompts build`.\n"
    }
    return sets.map { TextLines.wrapped("\($0.name): \(sizes($0))", indent: 2) + "\n" }.joined()
  }

  /// How a prompt set was made.
  static func show(_ set: PromptSetInfo, examples: [String]) -> String {
    var lines = [
      TextLines.wrapped("\(set.name): \(sizes(set))", indent: 2),
      TextLines.wrapped("  template  \(set.template)", indent: 12),
      TextLines.wrapped("  made by   \(set.commandLine)", indent: 12),
      "  digest    \(set.contentDigest)", "",
    ]
    lines += columns(set.flow.map { ($0.name, $0.count) })
    if !examples.isEmpty { lines += [""] + examples.map { "  \($0)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The counts of prompts that were made.
  static func report(_ report: PromptReport) -> String {
    var lines = [headline(report), ""] + columns(report.flow.map { ($0.name, $0.count) })
    let tables = [
      ("sex", report.sexes), ("race", report.races), ("age", report.ages),
      ("positive finding of the radiograph", report.findings), ("tokens", report.tokens),
    ]
    for (title, counts) in tables where !counts.isEmpty {
      lines += ["", "Prompts by \(title)"] + columns(counts.map { ($0.name, $0.count) })
    }
    lines += ["", "Shortened: \(NumberText.count(report.shortenedCount, "prompt"))"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func headline(_ report: PromptReport) -> String {
    switch report.outcome {
    case nil: "\(report.name): dry run, nothing was written."
    case .created: "\(report.name): added to the catalog."
    case .updated: "\(report.name): replaced in the catalog."
    case .unchanged: "\(report.name): unchanged, the catalog holds these prompts already."
    }
  }

  private static func sizes(_ set: PromptSetInfo) -> String {
    "\(NumberText.count(set.promptCount, "prompt")) of "
      + "\(NumberText.count(set.radiographCount, "radiograph")), "
      + "\(NumberText.count(set.shortenedCount)) shortened, "
      + (set.largestTokenCount.map { "at most \($0) tokens" } ?? "tokens not counted")
  }

  /// Counts before their names, aligned.
  private static func columns(_ counts: [(name: String, count: Int)]) -> [String] {
    let numbers = counts.map { NumberText.count($0.count) }
    let width = numbers.map(\.count).max() ?? 0
    return zip(counts, numbers).map { count, number in
      "  " + String(repeating: " ", count: width - number.count) + "\(number)  \(count.name)"
    }
  }
}
