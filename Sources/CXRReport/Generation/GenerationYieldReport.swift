// SPDX-License-Identifier: Apache-2.0
public import CXRGeneration
internal import CXRFiles
public import Foundation

/// What a generation run gave, for a terminal or as Markdown, CSV and JSON.
///
///     print(GenerationYieldReport(yield).text(), terminator: "")
public struct GenerationYieldReport: Sendable {
  private let yield: GenerationYield

  /// Prepares a report.
  ///
  /// - Parameter yield: The counts.
  public init(_ yield: GenerationYield) { self.yield = yield }

  /// Renders the tables for a terminal.
  ///
  /// - Parameters:
  ///   - width: The most characters on a line; a table too wide continues below.
  ///   - style: Whether headings stand out.
  /// - Returns: The text, ending in a newline.
  /// - Precondition: `width` is at least 40.
  public func text(width: Int = 80, style: TerminalReport.Style = .plain) -> String {
    TableText(title: title, tables: yield.tables, notes: []).text(width: width, style: style)
  }

  /// Renders the tables as Markdown.
  ///
  /// - Returns: The text, ending in a newline.
  public func markdown() -> String {
    let parts =
      ["# \(MarkdownText.escaped(title))\n"]
      + yield.tables.map { "## \(MarkdownText.escaped($0.title))\n\n\(MarkdownText.table($0))" }
    return parts.joined(separator: "\n")
  }

  /// Writes `yield.md`, `yield.json`, `yield.csv`, `checks.csv` and `balance.csv` into a folder, which
  /// is created.
  ///
  /// - Parameter folder: The folder; other files in it stay.
  /// - Returns: Where the files are.
  /// - Throws: ``ReportError`` or `FileError` when the folder cannot be written to.
  @discardableResult
  public func write(to folder: URL) throws -> [URL] {
    try ReportFolder(folder).add(
      [
        .init("yield.md", markdown()), .init("yield.json", try JSONDocument.encode(yield)),
      ] + yield.dataTables.map { .init("\($0.name).csv", $0.text) })
  }

  private var title: String { "What run \(yield.run) made of the prompts \(yield.promptSet)" }
}
