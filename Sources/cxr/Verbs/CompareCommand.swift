// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXREvaluation
import CXRReport

/// The command `cxr compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Test whether models differ on the same radiographs.",
    discussion: """
      AUROCs by DeLong's test, clustered by patient; average precisions and means over labels by \
      permuting midranks; p-values adjusted over the labels, by Holm unless --adjust says \
      otherwise. Differences are the first model minus the second.

      Example:
        cxr compare --model mine --model baseline --split official:test
      """)

  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var intervals: IntervalOptions
  @OptionGroup var adjustment: AdjustmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    var session = try AnalysisSession(analysis)
    session.options.intervalMethod = intervals.method
    session.options.adjustment = adjustment.adjustment
    let options = session.options
    let progress = ProgressLine(
      "Resampling and permuting", total: options.resampleCount + options.permutationCount)
    let document = try await ModelComparison(session.table, options: options)
      .document(
        provenance: session.provenance(
          verb: "compare", arguments: intervals.arguments + adjustment.arguments),
        warnings: session.warnings,
        progress: progress.update)
    progress.finish()
    try output.write(document) { TerminalReport(document).text(style: $0) }
  }
}
