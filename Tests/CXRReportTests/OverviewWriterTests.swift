// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import CXRFiles
import CXRStatistics
import CXRTestSupport
import Foundation
import Testing

@testable import CXRReport

@Suite("Overview of test sets")
struct OverviewWriterTests {
  private let folder: TemporaryFolder
  private let target: URL

  init() throws {
    folder = try TemporaryFolder()
    target = folder.url.appending(path: "both")
  }

  /// The made-up study, once for each name of a dataset.
  private func reports(_ datasets: [String]) -> [StudyReport] {
    datasets.map { dataset in
      let study = MadeUpStudy.report
      let provenance = Provenance(
        software: "cxr 0.0.0", command: "cxr report", seed: 7, dataset: dataset, sources: [],
        settings: [:])
      return StudyReport(
        title: dataset,
        evaluation: EvaluationDocument(
          summary: study.evaluation.summary, runs: study.evaluation.runs, provenance: provenance),
        comparison: study.comparison, audit: study.audit, curves: study.curves)
    }
  }

  private func overview(_ reports: [StudyReport]) -> OverviewDocument {
    OverviewDocument(
      title: "Both", reports: reports, adjustment: .holm,
      provenance: Provenance(
        software: "cxr 0.0.0", command: "cxr report", seed: 7, dataset: "both", sources: [],
        settings: [:]))
  }

  @Test("p-values are adjusted over all pairs and test sets")
  func adjusts() {
    let sets = overview(reports(["one", "two", "three"])).testSets
    // Each set has one mean difference with p 0.02; Holm multiplies the smallest by three.
    let p = sets.flatMap(\.comparisons).compactMap(\.pAdjusted)
    #expect(p.count == 3 && p.allSatisfy { abs($0 - 0.06) < 1e-15 })
    #expect(sets.flatMap(\.comparisons).allSatisfy { $0.label == "macro" })
  }

  @Test("An overview links to a whole report of each test set")
  func writes() async throws {
    let reports = reports(["NIH <1>", "other"])
    let result = try await OverviewWriter(
      overview(reports), reports: reports, gnuplot: "no-such-gnuplot"
    ).write(to: target)
    #expect(result.note?.contains("gnuplot") == true)
    let paths = Set(result.files.map { String($0.path.dropFirst(target.path.count + 1)) })
    for path in [
      "index.html", "report.md", "report.json", "tables/macro.csv", "tables/comparison.csv",
      "tables/gaps.csv", "nih-1/index.html", "other/index.html", "other/tables/auroc.csv",
    ] {
      #expect(paths.contains(path), "\(path)")
    }
    let page = try String(contentsOf: target.appending(path: "index.html"), encoding: .utf8)
    #expect(page.contains("<a href=\"nih-1/index.html\">NIH &lt;1&gt;</a>"))
    #expect(page.contains("<a href=\"other/index.html\">other</a>"))
    #expect(!page.contains("<script"))
    let macro = try String(
      contentsOf: target.appending(path: "tables/macro.csv"), encoding: .utf8)
    // Two sets of two models with two metrics, below a header.
    #expect(macro.split(separator: "\n").count == 9)
    let read = try JSONDecoder().decode(
      OverviewDocument.self, from: Data(contentsOf: target.appending(path: "report.json")))
    #expect(read == overview(reports))
  }

  @Test("A second overview replaces the first, and leaves no figure or table of it")
  func replaces() async throws {
    let first = reports(["one", "two"])
    try await OverviewWriter(overview(first), reports: first, gnuplot: "none").write(to: target)
    let second = first.map { report in
      StudyReport(
        title: report.title, evaluation: report.evaluation, comparison: nil, audit: nil, curves: [])
    }
    try await OverviewWriter(overview(second), reports: second, gnuplot: "none").write(to: target)
    for path in ["one/audit.json", "two/compare.json", "one/tables/gaps.csv"] {
      #expect(!FileManager.default.fileExists(atPath: target.appending(path: path).path))
    }
    #expect(FileManager.default.fileExists(atPath: target.appending(path: "one/index.html").path))
  }

  @Test("Figures are drawn of it", .enabled(if: FigureTests.isGnuplotInstalled))
  func figures() async throws {
    let figures = overview(reports(["one", "two"])).figures
    #expect(figures.map(\.name) == ["auroc-by-test-set", "fairness-gaps", "underdiagnosis-gaps"])
    for figure in figures {
      #expect(try await Gnuplot(executable: "gnuplot").draw(figure).svg.contains("</svg>"))
    }
  }

  @Test("Means over different labels are warned of")
  func differentLabels() {
    var both = reports(["one", "two"])
    #expect(!overview(both).summary.warnings.contains { $0.contains("different labels") })
    let fewer = both[1].evaluation.runs.map { run in
      EvaluationDocument.Run(
        model: run.model, n: run.n, patients: run.patients, labels: run.labels,
        macro: .init(
          auroc: run.macro.auroc, auprc: run.macro.auprc, labels: ["Edema"],
          policy: "common-labels"))
    }
    both[1] = StudyReport(
      title: "two",
      evaluation: EvaluationDocument(
        summary: both[1].evaluation.summary, runs: fewer,
        provenance: both[1].evaluation.provenance),
      comparison: nil, audit: nil, curves: [])
    #expect(overview(both).summary.warnings[0].contains("2 on one, 1 on two"))
  }
}
