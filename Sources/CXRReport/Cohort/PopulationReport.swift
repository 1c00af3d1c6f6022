// SPDX-License-Identifier: Apache-2.0
public import CXRCohort
internal import CXRFiles
public import Foundation

/// A table of populations, for a terminal or as Markdown, CSV and JSON.
///
///     print(PopulationReport(table).text(), terminator: "")
public struct PopulationReport: Sendable {
  private let table: PopulationTable

  /// Prepares a report.
  ///
  /// - Parameter table: The table.
  public init(_ table: PopulationTable) { self.table = table }

  /// Renders the table for a terminal.
  ///
  /// - Parameters:
  ///   - width: The most characters on a line; a table too wide continues below.
  ///   - style: Whether headings stand out.
  /// - Returns: The text, ending in a newline.
  /// - Precondition: `width` is at least 40.
  public func text(width: Int = 80, style: TerminalReport.Style = .plain) -> String {
    TableText(title: table.title, tables: table.tables, notes: [])
      .text(width: width, style: style)
  }

  /// Renders the table as Markdown.
  ///
  /// - Returns: The text, ending in a newline.
  public func markdown() -> String {
    let parts =
      ["# \(MarkdownText.escaped(table.title))\n"]
      + table.tables.map { "## \(MarkdownText.escaped($0.title))\n\n\(MarkdownText.table($0))" }
    return parts.joined(separator: "\n")
  }

  /// Writes `population.md`, `population.csv`, `intersections.csv` and `population.json` into a
  /// folder, which is created.
  ///
  /// - Parameter folder: The folder; other files in it stay.
  /// - Returns: Where the files are.
  /// - Throws: ``ReportError`` or `FileError` when the folder cannot be written to.
  @discardableResult
  public func write(to folder: URL) throws -> [URL] {
    try ReportFolder(folder).add(
      [
        .init("population.md", markdown()),
        .init("population.json", try JSONDocument.encode(table)),
      ] + table.dataTables.map { .init("\($0.name).csv", $0.text) })
  }
}
