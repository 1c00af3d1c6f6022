// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXREvaluation
internal import CXRFiles
public import Foundation

/// Writes an overview of several test sets into a folder, and the whole report of each below it.
///
///     try await OverviewWriter(overview, reports: reports).write(to: URL(filePath: "reports/study"))
///
/// The same overview gives the same bytes.
public struct OverviewWriter: Sendable {
  private let overview: OverviewDocument
  private let reports: [StudyReport]
  private let gnuplot: Gnuplot

  /// Prepares an overview.
  ///
  /// - Parameters:
  ///   - overview: The overview.
  ///   - reports: The reports of its test sets, in the same order.
  ///   - gnuplot: The name by which the search path finds gnuplot.
  /// - Precondition: There is a report for each test set.
  public init(
    _ overview: OverviewDocument, reports: [StudyReport], gnuplot: String = "gnuplot"
  ) {
    precondition(overview.testSets.count == reports.count, "a report for each test set")
    self.overview = overview
    self.reports = reports
    self.gnuplot = Gnuplot(executable: gnuplot)
  }

  /// The folders of the test sets' reports, within that of the overview.
  ///
  /// - Parameter datasets: The names of the test sets.
  /// - Returns: Distinct names of folders, in the same order.
  public static func folders(of datasets: [String]) -> [String] { FileName.unique(datasets) }

  /// Writes the files; an earlier overview in the same folder is replaced file by file.
  ///
  /// - Parameter folder: The folder: new, empty, or with an earlier report.
  /// - Returns: The files, the HTML page of the overview last, and a note about what is missing.
  /// - Throws: As ``ReportWriter/write(to:)``.
  @discardableResult
  public func write(to folder: URL) async throws -> ReportWriter.Result {
    let target = ReportFolder(folder)
    try target.requireUsable()
    let folders = Self.folders(of: overview.testSets.map(\.dataset))
    var files: [ReportFolder.File] = []
    for (name, report) in zip(folders, reports) {
      files += try await ReportWriter(report, gnuplot: gnuplot.executable).files().files
        .map { $0.moved(into: name) }
    }
    let (figures, note) = try await gnuplot.drawAll(overview.figures)
    let section = ReportSection(
      id: "overview", title: "All test sets", summary: overview.summary, figures: figures,
      tables: overview.tables(links: folders.map { "\($0)/index.html" }),
      provenance: overview.provenance)
    files += overview.dataTables.map { .init("tables/\($0.name).csv", $0.text) }
    files += figures.map { .init("figures/\($0.figure.name).svg", $0.fileText) }
    files += [
      .init(
        "report.md", MarkdownReport(title: overview.title, sections: [section], note: note).text),
      .init("report.json", try JSONDocument.encode(overview)),
      .init(
        "index.html",
        try HTMLReport(title: overview.title, sections: [section], note: note).text()),
    ]
    try Task.checkCancellation()
    return ReportWriter.Result(files: try target.replace(with: files), note: note)
  }
}
