// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
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

      Several datasets give a report of each, in a folder of its name, and an overview: means, \
      differences and gaps of the models on every test set, p-values adjusted over all of them.

      Example:
        cxr report --model mine --model baseline --group sex --group age \\
          --out reports/mine
        cxr report --model mine --model baseline --dataset nih --dataset padchest \\
          --split study:test --split padchest=half:test --out reports/both
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
    guard analysis.datasets.count > 1 else {
      let report = try await report(of: nil, title: title, folder: folder)
      let result = try await ReportWriter(report).write(to: URL(filePath: folder))
      return try finish(report, result)
    }
    var reports: [StudyReport] = []
    for (name, place) in zip(analysis.datasets, OverviewWriter.folders(of: analysis.datasets)) {
      Console.note("\(name) (\(reports.count + 1) of \(analysis.datasets.count))")
      let heading = (title.map { $0 + ": " } ?? "") + name
      reports.append(
        try await report(of: name, title: heading, folder: "\(folder)/\(place)"))
    }
    let models = reports[0].evaluation.runs.map(\.model)
    let overview = OverviewDocument(
      title: title ?? "\(models.joined(separator: ", ")) on \(reports.count) test sets",
      reports: reports, adjustment: adjustment.adjustment,
      provenance: provenance(of: reports, models: models))
    let result = try await OverviewWriter(overview, reports: reports)
      .write(to: URL(filePath: folder))
    try finish(overview, result)
  }

  /// The report of one dataset.
  private func report(
    of dataset: String?, title: String?, folder: String
  ) async throws -> StudyReport {
    var session = try AnalysisSession(
      analysis, dataset: dataset, labels: groups.labels(analysis.labels))
    session.options.intervalMethod = intervals.method
    session.options.macroPolicy = macro.policy
    session.options.adjustment = adjustment.adjustment
    return try await session.report(
      title: title, groups: groups, arguments: arguments(title: title, folder: folder),
      suppressionLimit: suppressionLimit, isOneOfSeveral: dataset != nil)
  }

  /// The arguments beyond those of the analysis.
  private func arguments(title: String?, folder: String) -> [String] {
    groups.arguments + intervals.arguments + macro.arguments + adjustment.arguments
      + ["--suppress-below", String(suppressionLimit)]
      + (title.map { ["--title", $0] } ?? []) + ["--out", folder]
  }

  /// Where the numbers of an overview come from.
  private func provenance(of reports: [StudyReport], models: [String]) -> Provenance {
    let command =
      ["cxr", "report"] + analysis.arguments(datasets: analysis.datasets, models: models)
      + arguments(title: title, folder: folder)
    return Provenance(
      software: "cxr " + Version.current,
      command: command.map(\.shellQuoted).joined(separator: " "), seed: analysis.seed,
      dataset: analysis.datasets.joined(separator: ", "),
      sources: reports.flatMap { report in
        report.evaluation.provenance.sources.map {
          .init(
            role: "\(report.evaluation.provenance.dataset), \($0.role)", file: $0.file,
            sha256: $0.sha256)
        }
      }, settings: [:])
  }

  private func finish(_ document: some Encodable, _ result: ReportWriter.Result) throws {
    if let note = result.note { Console.note("note: " + note) }
    try output.write(document) { _ in
      "Wrote \(result.files.count) files to \(folder); open \(folder)/index.html.\n"
    }
  }
}
