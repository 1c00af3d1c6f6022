// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXREvaluation
import CXRReport
import Foundation

/// The command `cxr report`.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report: evaluation, comparison, audit, tables, figures, one HTML page.",
    discussion: """
      Writes index.html, report.md, report.json, tables/*.csv and figures/*.svg into a folder; an \
      earlier report there is replaced. Counts of groups below 10 are hidden unless \
      --suppress-below says otherwise.

      Example:
        cxr report --model mine --model baseline --group sex --group age \\
          --out reports/mine
      """)

  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var groups: GroupOptions
  @OptionGroup var intervals: IntervalOptions
  @OptionGroup var macro: MacroOptions
  @OptionGroup var adjustment: AdjustmentOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("out"), help: "The folder to write into; it is created.")
  var folder: String

  @Option(help: "The title of the report.")
  var title: String?

  @Option(
    name: .customLong("suppress-below"),
    help: "Hide counts of groups below it, and what gives them away; 0 hides nothing.")
  var suppressionLimit = 10

  mutating func validate() throws {
    guard suppressionLimit == 0 || suppressionLimit > 1 else {
      throw ValidationError("--suppress-below takes 0 or a number from 2.")
    }
  }

  func run() async throws {
    var session = try AnalysisSession(analysis, labels: groups.labels(analysis.labels))
    session.options.intervalMethod = intervals.method
    session.options.macroPolicy = macro.policy
    session.options.adjustment = adjustment.adjustment
    let arguments =
      groups.arguments + intervals.arguments + macro.arguments + adjustment.arguments
      + ["--suppress-below", String(suppressionLimit)]
      + (title.map { ["--title", $0] } ?? []) + ["--out", folder]
    let report = try await session.report(
      title: title, groups: groups, arguments: arguments, suppressionLimit: suppressionLimit)
    let result = try await ReportWriter(report).write(to: URL(filePath: folder))
    if let note = result.note { Console.note("note: " + note) }
    try output.write(report) { _ in
      "Wrote \(result.files.count) files to \(folder); open \(folder)/index.html.\n"
    }
  }
}
