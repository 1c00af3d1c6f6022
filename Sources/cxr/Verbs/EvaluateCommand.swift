// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXREvaluation
import CXRReport

/// The command `cxr evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Print each model's AUROC, average precision and rates, with intervals.",
    discussion: """
      Example:
        cxr evaluate --model mine --labels eight --split official:test --json
      """)

  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var intervals: IntervalOptions
  @OptionGroup var macro: MacroOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    var session = try AnalysisSession(analysis)
    session.options.intervalMethod = intervals.method
    session.options.macroPolicy = macro.policy
    let progress = ProgressLine("Resampling", total: session.options.resampleCount)
    let document = try await ModelEvaluation(session.table, options: session.options)
      .document(
        provenance: session.provenance(
          verb: "evaluate", arguments: intervals.arguments + macro.arguments),
        warnings: session.warnings,
        progress: progress.update)
    progress.finish()
    try output.write(document) { TerminalReport(document).text(style: $0) }
  }
}
