// SPDX-License-Identifier: Apache-2.0
public import CXRCohort
internal import CXRFiles
public import Foundation

/// The flow of radiographs into a cohort, for a terminal or as Markdown, JSON and a CONSORT
/// diagram.
///
///     print(CohortFlowReport(flow).text(), terminator: "")
///     try await CohortFlowReport(flow).write(to: URL(filePath: "flow"))
public struct CohortFlowReport: Sendable {
  private let flow: CohortFlow
  private let gnuplot: Gnuplot

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - flow: The flow.
  ///   - gnuplot: The name by which the search path finds gnuplot.
  public init(_ flow: CohortFlow, gnuplot: String = "gnuplot") {
    self.flow = flow
    self.gnuplot = Gnuplot(executable: gnuplot)
  }

  /// Renders the flow for a terminal.
  ///
  /// - Parameters:
  ///   - width: The most characters on a line.
  ///   - style: Whether headings stand out.
  /// - Returns: The text, ending in a newline.
  /// - Precondition: `width` is at least 40.
  public func text(width: Int = 80, style: TerminalReport.Style = .plain) -> String {
    TableText(title: flow.title, tables: flow.tables, notes: flow.notes)
      .text(width: width, style: style)
  }

  /// Writes `flow.md`, `flow.json` and `flow.svg` into a folder, which is created.
  ///
  /// The same flow gives the same bytes. Without gnuplot there is no diagram, and the Markdown says
  /// so.
  ///
  /// - Parameter folder: The folder; other files in it stay.
  /// - Returns: The files and a note about what is missing.
  /// - Throws: ``ReportError`` when gnuplot fails, ``ReportError`` or `FileError` when the folder
  ///   cannot be written to.
  @discardableResult
  public func write(to folder: URL) async throws -> ReportWriter.Result {
    let figure = ConsortDiagram(flow).figure
    var files: [ReportFolder.File] = [.init("flow.json", try JSONDocument.encode(flow))]
    var note: String?
    do {
      files.append(.init("flow.svg", try await gnuplot.draw(figure).fileText))
    } catch let error as ReportError where error.code == .gnuplotMissing {
      note = "There is no diagram: \(error.message)"
    }
    files.append(.init("flow.md", markdown(figure, note: note)))
    return ReportWriter.Result(files: try ReportFolder(folder).add(files), note: note)
  }

  private func markdown(_ figure: Figure, note: String?) -> String {
    let image =
      note.map { "> \(MarkdownText.escaped($0))" }
      ?? "![\(MarkdownText.escaped(figure.title))](flow.svg)"
    var parts = ["# \(MarkdownText.escaped(flow.title))", image]
    parts.append(MarkdownText.escaped(figure.caption))
    parts += flow.notes.map(MarkdownText.escaped)
    for table in flow.tables {
      parts += ["## \(MarkdownText.escaped(table.title))", MarkdownText.table(table)]
    }
    if let definition = flow.definition {
      parts += ["## Definition", "```yaml\n\(definition.replacing("```", with: "'''"))```"]
    }
    return parts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }
}
