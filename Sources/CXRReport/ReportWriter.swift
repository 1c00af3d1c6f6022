// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXREvaluation
internal import CXRFiles
public import Foundation

/// Writes a study's report into a folder: Markdown, HTML, JSON, CSV tables and SVG figures.
///
///     try await ReportWriter(report).write(to: URL(filePath: "reports/demo"))
///
/// The same report gives the same bytes.
public struct ReportWriter: Sendable {
  /// Where the files are, and what a reader must know about the report itself.
  public struct Result: Sendable {
    /// The files, the HTML page last.
    public let files: [URL]
    /// Why there are no figures, or `nil` when all were drawn.
    public let note: String?
  }

  private let report: StudyReport
  private let gnuplot: Gnuplot

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - gnuplot: The name by which the search path finds gnuplot.
  public init(_ report: StudyReport, gnuplot: String = "gnuplot") {
    self.report = report
    self.gnuplot = Gnuplot(executable: gnuplot)
  }

  /// Writes the report; an earlier one in the same folder is replaced file by file.
  ///
  /// Everything is written aside before the first file of the folder changes, so a failure leaves
  /// the folder as it was. Without gnuplot the report is written without figures, and says so.
  ///
  /// - Parameter folder: The folder: new, empty, or with an earlier report.
  /// - Returns: The files and a note about what is missing.
  /// - Throws: ``ReportError`` when the folder holds other files or gnuplot fails, `FileError` or
  ///   ``ReportError`` when the place cannot be written to, `EncodingError` when a number is not
  ///   finite, `CancellationError` when the task is cancelled.
  @discardableResult
  public func write(to folder: URL) async throws -> Result {
    let target = ReportFolder(folder)
    try target.requireUsable()
    let (files, note) = try await files()
    try Task.checkCancellation()
    return Result(files: try target.replace(with: files), note: note)
  }

  /// The files of the report, the HTML page last, and why there are no figures.
  func files() async throws -> (files: [ReportFolder.File], note: String?) {
    let (figures, note) = try await gnuplot.drawAll(report.evaluationFigures + report.auditFigures)
    let sections = report.sections(figures: figures)
    var files = [
      ReportFolder.File("evaluate.json", try JSONDocument.encode(report.evaluation))
    ]
    if let comparison = report.comparison {
      files.append(.init("compare.json", try JSONDocument.encode(comparison)))
    }
    if let audit = report.audit {
      files.append(.init("audit.json", try JSONDocument.encode(audit)))
    }
    files += dataTables.map { .init("tables/\($0.name).csv", $0.text) }
    files += figures.map { .init("figures/\($0.figure.name).svg", $0.fileText) }
    files += [
      .init(
        "report.md", MarkdownReport(title: report.title, sections: sections, note: note).text),
      .init("report.json", try JSONDocument.encode(report)),
      .init(
        "index.html", try HTMLReport(title: report.title, sections: sections, note: note).text()),
    ]
    return (files, note)
  }

  private var dataTables: [DataTable] {
    report.evaluation.dataTables + (report.comparison?.dataTables ?? [])
      + (report.audit?.dataTables ?? [])
  }
}
