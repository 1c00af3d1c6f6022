// SPDX-License-Identifier: Apache-2.0
public import CXRGeneration
internal import CXRFiles
public import Foundation

/// Checkpoints beside one another, and the choice, for a terminal or as Markdown, CSV, JSON and figures.
///
///     print(CheckpointReport(comparison).text(), terminator: "")
///     try await CheckpointReport(comparison).write(to: URL(filePath: "score"))
public struct CheckpointReport: Sendable {
  private let comparison: CheckpointComparison
  private let gnuplot: Gnuplot

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - comparison: The checkpoints.
  ///   - gnuplot: The name by which the search path finds gnuplot.
  public init(_ comparison: CheckpointComparison, gnuplot: String = "gnuplot") {
    self.comparison = comparison
    self.gnuplot = Gnuplot(executable: gnuplot)
  }

  /// Renders the tables for a terminal.
  ///
  /// - Parameters:
  ///   - width: The most characters on a line; a table too wide continues below.
  ///   - style: Whether headings stand out.
  /// - Returns: The text, ending in a newline.
  /// - Precondition: `width` is at least 40.
  public func text(width: Int = 80, style: TerminalReport.Style = .plain) -> String {
    TableText(title: title, tables: comparison.tables, notes: comparison.notes)
      .text(width: width, style: style)
  }

  /// Writes `score.md`, `score.json`, `scores.csv`, `choice.csv`, `nearest.csv`, and the figures
  /// `scores.svg` and `nearest.svg`, into a folder, which is created.
  ///
  /// The same comparison gives the same bytes. Without gnuplot there are no figures, and the Markdown
  /// says so.
  ///
  /// - Parameter folder: The folder; other files in it stay.
  /// - Returns: The files and a note about what is missing.
  /// - Throws: ``ReportError`` when gnuplot fails, ``ReportError`` or `FileError` when the folder
  ///   cannot be written to.
  @discardableResult
  public func write(to folder: URL) async throws -> ReportWriter.Result {
    var figures = [CheckpointCurves(comparison).figure]
    if !comparison.memorization.isEmpty { figures.append(NearestCurves(comparison).figure) }
    let (drawn, note) = try await gnuplot.drawAll(figures)
    let files =
      [
        .init("score.md", markdown(drawn, note: note)),
        .init("score.json", try JSONDocument.encode(comparison)),
      ] + comparison.dataTables.map { ReportFolder.File("\($0.name).csv", $0.text) }
      + drawn.map { .init("\($0.figure.name).svg", $0.fileText) }
    return ReportWriter.Result(files: try ReportFolder(folder).add(files), note: note)
  }

  private func markdown(_ figures: [DrawnFigure], note: String?) -> String {
    var parts = ["# \(MarkdownText.escaped(title))"]
    if let note { parts.append("> \(MarkdownText.escaped(note))") }
    if let choice = comparison.choice {
      parts.append("**\(MarkdownText.escaped(choice.chosen))** is chosen.")
      parts.append(MarkdownText.escaped(choice.reason))
    }
    if !comparison.notes.isEmpty {
      parts.append(
        comparison.notes.map { "- \(MarkdownText.escaped($0))" }.joined(separator: "\n"))
    }
    for table in comparison.tables {
      parts += ["## \(MarkdownText.escaped(table.title))", MarkdownText.table(table)]
    }
    for figure in figures.map(\.figure) {
      parts += [
        "## \(MarkdownText.escaped(figure.title))",
        "![\(MarkdownText.escaped(figure.title))](\(figure.name).svg)",
        MarkdownText.escaped(figure.caption),
      ]
    }
    parts += ["## Where these numbers come from", origins]
    return parts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }

  private var origins: String {
    let runs = comparison.sources.map { source in
      let settings = source.generator.settings.sorted { $0.key < $1.key }
        .map { "\($0.key) \($0.value.isEmpty ? "none" : $0.value)" }.joined(separator: ", ")
      return "Run \(source.run): model \(source.generator.name), digest "
        + "\(source.generator.digest.prefix(12)), \(settings)"
    }
    return
      (runs + [
        "Prompts: \(comparison.promptSet), real images: \(comparison.store)",
        "Resamples of patients: \(comparison.resampleCount), seed \(comparison.seed)",
      ]).map { "- \(MarkdownText.escaped($0))" }.joined(separator: "\n")
  }

  private var title: String {
    "Checkpoints on \(comparison.promptCount) prompts of \(comparison.promptSet)"
  }
}
