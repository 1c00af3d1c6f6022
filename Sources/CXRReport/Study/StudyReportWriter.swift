// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation
internal import CXRCore
internal import CXRFiles
public import Foundation

/// Writes a study's report into a folder: Markdown, CSV, LaTeX, SVG and one HTML page.
///
///     let writer = try StudyReportWriter(results, material: material)
///     try await writer.write(to: URL(filePath: "reports/study"))
///
/// The same results give the same bytes.
public struct StudyReportWriter: Sendable {
  /// Where the files are, and what a reader must know about the report itself.
  public struct Result: Sendable {
    /// The files, the HTML page last.
    public let files: [URL]
    /// What was produced, and what not and why.
    public let plan: StudyPlan
    /// Why there are no figures, or `nil` when all were drawn.
    public let note: String?
  }

  private let results: StudyResults
  private let material: StudyMaterial
  private let gnuplot: Gnuplot

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - results: The numbers.
  ///   - material: What there is besides predictions.
  ///   - gnuplot: The name by which the search path finds gnuplot.
  public init(_ results: StudyResults, material: StudyMaterial, gnuplot: String = "gnuplot") {
    self.results = results
    self.material = material
    self.gnuplot = Gnuplot(executable: gnuplot)
  }

  /// Writes the report; an earlier one in the same folder is replaced file by file.
  ///
  /// Everything is written aside before the first file of the folder changes. Without gnuplot the
  /// report is written without figures, and says so.
  ///
  /// - Parameter folder: The folder: new, empty, or with an earlier report.
  /// - Returns: The files, the plan, and a note about what is missing.
  /// - Throws: ``ReportError`` when the folder holds other files or gnuplot fails, `FileError` or
  ///   ``ReportError`` when the place cannot be written to, `EncodingError` when a number is not
  ///   finite, `CancellationError` when the task is cancelled.
  @discardableResult
  public func write(to folder: URL) async throws -> Result {
    let target = ReportFolder(folder)
    try target.requireUsable()
    let maker = try StudyTables(results, material: material)
    let tables = maker.all
    let (figures, note) = try await drawn(
      StudyFigures(results, material: material, published: maker.published).all)
    let plan = plan(tables: tables, figures: figures, note: note)
    let sections = StudyChapters(
      results: results, published: maker.published, tables: tables, origins: maker.origins.table,
      figures: figures, plan: plan
    ).sections
    let title = results.index.title
    let everyTable = tables + [maker.origins.table]
    var files: [ReportFolder.File] = everyTable.map {
      .init("tables/\($0.name).csv", $0.data.text)
    }
    files += everyTable.map { .init("latex/\($0.name).tex", LaTeXTable($0).text) }
    files.append(.init("latex/all-tables.tex", Self.input(everyTable)))
    files += figures.map { .init("figures/\($0.drawn.figure.name).svg", $0.drawn.fileText) }
    files += [
      .init(
        "report.md",
        MarkdownReport(title: title, sections: sections, note: note, page: "index.html").text),
      .init("report.json", try JSONDocument.encode(results)),
      .init("index.html", try HTMLReport(title: title, sections: sections, note: note).text()),
    ]
    try Task.checkCancellation()
    return Result(files: try target.replace(with: files), plan: plan, note: note)
  }

  /// A figure that could be drawn.
  struct DrawnPart: Hashable {
    let part: StudyPart
    let drawn: DrawnFigure
  }

  private func drawn(
    _ figures: [StudyFigure]
  ) async throws -> (figures: [DrawnPart], note: String?) {
    let (drawn, note) = try await gnuplot.drawAll(figures.map(\.figure))
    return (zip(figures, drawn).map { DrawnPart(part: $0.part, drawn: $1) }, note)
  }

  private func plan(
    tables: [StudyTable], figures: [DrawnPart], note: String?
  ) -> StudyPlan {
    var files: [StudyPart: [String]] = [:]
    for table in tables { files[table.part, default: []].append("tables/\(table.name).csv") }
    for figure in figures {
      files[figure.part, default: []].append("figures/\(figure.drawn.figure.name).svg")
    }
    return StudyPlan(
      StudyPlan(results.index, material: material, notes: results.notes), files: files
    ) { part in
      note != nil
        ? "gnuplot is not installed."
        : part == .groupAUROC || part == .fairnessGap || part == .underdiagnosisGap
          ? "no test set has groups that could be compared."
          : "no number that it would show is defined."
    }
  }

  private static func input(_ tables: [StudyTable]) -> String {
    "% Needs \\usepackage{booktabs,graphicx}.\n"
      + tables.map { "\\input{\($0.name)}\n" }.joined()
  }
}
