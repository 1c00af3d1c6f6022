// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import CXRFiles
import CXRReport
import CXRTestSupport
import Foundation
import Testing

@Suite("Report writer")
struct ReportWriterTests {
  private let folder: TemporaryFolder
  private let target: URL

  init() throws {
    folder = try TemporaryFolder()
    target = folder.url.appending(path: "reports/study")
  }

  /// A writer that finds no gnuplot, and so needs none.
  private func writer(_ report: StudyReport = MadeUpStudy.report) -> ReportWriter {
    ReportWriter(report, gnuplot: "no-such-gnuplot")
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: target.appending(path: path), encoding: .utf8)
  }

  @Test("Writes every document and table, and leaves nothing else behind")
  func writes() async throws {
    let result = try await writer().write(to: target)
    let paths = result.files.map { $0.path.dropFirst(target.path.count + 1) }
    #expect(
      paths == [
        "evaluate.json", "compare.json", "audit.json", "tables/auroc.csv", "tables/auprc.csv",
        "tables/decisions.csv", "tables/calibration.csv", "tables/macro.csv",
        "tables/comparison.csv", "tables/groups-sex-age.csv", "tables/group-labels-sex-age.csv",
        "tables/gaps.csv", "tables/gap-differences.csv", "report.md", "report.json", "index.html",
      ])
    #expect(
      try Data(contentsOf: target.appending(path: "report.json"))
        == JSONDocument.encode(MadeUpStudy.report))
    let siblings = try FileManager.default.contentsOfDirectory(
      atPath: target.deletingLastPathComponent().path)
    #expect(siblings == ["study"])
  }

  @Test("Says how to get gnuplot when it is missing")
  func missingGnuplot() async throws {
    let result = try await writer().write(to: target)
    #expect(result.note?.contains("apt-get install gnuplot-nox") == true)
    #expect(try text("report.md").contains("apt-get install gnuplot-nox"))
    #expect(try text("index.html").contains("apt-get install gnuplot-nox"))
  }

  @Test(
    "Draws the figures into files and into the page",
    .enabled(if: FigureTests.isGnuplotInstalled))
  func figures() async throws {
    let result = try await ReportWriter(MadeUpStudy.report).write(to: target)
    #expect(result.note == nil)
    #expect(result.files.count { $0.pathExtension == "svg" } == 7)
    #expect(try text("index.html").components(separatedBy: "<svg").count == 8)
    #expect(try text("figures/roc.svg").hasPrefix("<?xml"))
  }

  @Test("A second report replaces the first and keeps what others put there")
  func replaces() async throws {
    try await writer().write(to: target)
    try Data("mine".utf8).write(to: target.appending(path: "notes.txt"))
    let smaller = StudyReport(
      title: "Smaller", evaluation: MadeUpStudy.evaluation, comparison: nil, audit: nil, curves: [])
    try await writer(smaller).write(to: target)
    #expect(try text("index.html").contains("<h1>Smaller</h1>"))
    #expect(try text("notes.txt") == "mine")
    for path in ["compare.json", "audit.json", "tables/gaps.csv", "tables/comparison.csv"] {
      #expect(!FileManager.default.fileExists(atPath: target.appending(path: path).path))
    }
  }

  @Test("The same report gives the same bytes")
  func deterministic() async throws {
    let files = try await writer().write(to: target).files
    let first = try files.map { try Data(contentsOf: $0) }
    #expect(try await writer().write(to: target).files.map { try Data(contentsOf: $0) } == first)
  }

  @Test("Refuses a folder that holds something else, and leaves it alone")
  func refusesForeignFolder() async throws {
    try folder.write("1", to: "index.html")
    let error = await #expect(throws: ReportError.self) {
      try await writer().write(to: folder.url)
    }
    #expect(error?.code == .folderNotEmpty)
    #expect(folder.fileNames == ["index.html"])
  }

  @Test("Refuses a file in place of a folder")
  func refusesFile() async throws {
    let file = URL(filePath: try folder.write("1", to: "out"))
    let error = await #expect(throws: ReportError.self) { try await writer().write(to: file) }
    #expect(error?.code == .unwritable)
  }

  @Test("Refuses a place that cannot be written to")
  func refusesUnwritable() async throws {
    try folder.write("1", to: "file")
    let error = await #expect(throws: ReportError.self) {
      try await writer().write(to: folder.url.appending(path: "file/out"))
    }
    #expect(error?.code == .unwritable)
    #expect(folder.fileNames == ["file"])
  }

  @Test("A report that cannot be encoded changes nothing")
  func failsWhole() async throws {
    try await writer().write(to: target)
    let before = try text("index.html")
    let broken = StudyReport(
      title: "Broken",
      evaluation: EvaluationDocument(
        summary: MadeUpStudy.evaluation.summary,
        runs: [
          .init(
            model: "m", n: 1, patients: 1, labels: [],
            macro: .init(
              auroc: Estimate(value: .nan), auprc: Estimate(value: nil), labels: [], policy: "p"))
        ], provenance: MadeUpStudy.evaluation.provenance),
      comparison: nil, audit: nil, curves: [])
    await #expect(throws: EncodingError.self) { try await writer(broken).write(to: target) }
    #expect(try text("index.html") == before)
    #expect(try text("audit.json").isEmpty == false)
  }
}
