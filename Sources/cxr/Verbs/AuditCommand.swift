// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXREvaluation
import CXRReport

/// The command `cxr audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Compare groups of patients: AUROC, underdiagnosis, gaps beside chance.",
    discussion: """
      A largest-minus-smallest gap is positive even where there is no disparity; beside each \
      stands the gap that shuffling the groups among patients gives, with a p-value.

      Example:
        cxr audit --model mine --group sex --group 'sex*age' --age-bins 18,40,60,80
      """)

  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var groups: GroupOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .customLong("suppress-below"),
    help: "Hide counts of groups below it, and what gives them away; 0 hides nothing.")
  var suppressionLimit = 0

  mutating func validate() throws {
    guard suppressionLimit == 0 || suppressionLimit > 1 else {
      throw ValidationError("--suppress-below takes 0 or a number from 2.")
    }
  }

  func run() async throws {
    let session = try AnalysisSession(analysis, labels: groups.labels(analysis.labels))
    let steps = session.options.resampleCount + session.options.permutationCount
    let progress = ProgressLine(
      "Resampling and shuffling", total: steps * groups.attributesInForce.count)
    var document = try await session.audit(groups).document(
      provenance: session.provenance(
        verb: "audit",
        arguments: groups.arguments + ["--suppress-below", String(suppressionLimit)]),
      warnings: session.warnings, progress: progress.update)
    progress.finish()
    if suppressionLimit > 0 {
      document = SmallCellSuppression(limit: suppressionLimit).applied(to: document)
    }
    try output.write(document) { TerminalReport(document).text(style: $0) }
  }
}
