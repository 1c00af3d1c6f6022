// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import CXRFiles
import CXRStatistics
import CXRTestSupport
import Foundation
import Testing

@testable import CXRReport

@Suite("Report of a study")
struct StudyReportWriterTests {
  private let folder: TemporaryFolder
  private let target: URL

  init() throws {
    folder = try TemporaryFolder()
    target = folder.url.appending(path: "study")
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: target.appending(path: path), encoding: .utf8)
  }

  @Test("Has every part or the reason why not, in all formats")
  func writes() async throws {
    let result = try await StudyReportWriter(
      SimulatedTestSets.results(), material: StudyMaterial(), gnuplot: "no-such-gnuplot"
    ).write(to: target)
    #expect(result.plan.items.map(\.part) == StudyPart.allCases)
    #expect(result.plan.items.allSatisfy { $0.reason != nil || !$0.files.isEmpty })
    let reasons = Dictionary(
      uniqueKeysWithValues: result.plan.items.map { ($0.part, $0.reason ?? "") })
    #expect(reasons[.checkpoints]?.contains("no checkpoint scores") == true)
    #expect(reasons[.strategyBars]?.contains("gnuplot") == true)
    #expect(reasons[.overallAUROC] == "")
    #expect(reasons[.syntheticSizes]?.contains("several amounts of synthetic") == true)
    for item in result.plan.missing {
      #expect(try text("report.md").contains("not produced, because \(item.reason ?? "?")"))
    }
    #expect(try text("index.html").contains("A &lt;small&gt; study &amp; its 100 %"))
    for name in ["overall-auroc", "aggregates", "figure-8", "origins"] {
      #expect(try text("tables/\(name).csv").contains(","))
      #expect(try text("latex/\(name).tex").contains("\\toprule"))
      #expect(try text("latex/all-tables.tex").contains("\\input{\(name)}"))
    }
  }

  @Test("Checkpoints and generated images are shown as they were scored")
  func scores() async throws {
    var material = StudyMaterial()
    material.comparison = try ScoredCheckpoints.comparison()
    material.generated = [try ScoredCheckpoints.comparison()]
    var index = SimulatedTestSets.index
    index.checkpoints = .init(path: "score.json", chosen: "s5")
    let result = try await StudyReportWriter(
      SimulatedTestSets.results(index), material: material, gnuplot: "no-such-gnuplot"
    ).write(to: target)
    let files = Dictionary(uniqueKeysWithValues: result.plan.items.map { ($0.part, $0.files) })
    #expect(
      files[.checkpoints]
        == ["alignment", "similarity", "diversity", "choice", "nearest"].map {
          "tables/supplementary-table-1-\($0).csv"
        })
    #expect(
      files[.distances]
        == ["alignment", "similarity", "diversity", "nearest"].map {
          "tables/distances-\($0).csv"
        })
    let rows = try text("tables/supplementary-table-1-similarity.csv").split(
      whereSeparator: \.isNewline)
    #expect(
      rows.map { $0.split(separator: ",")[0] } == ["checkpoint", "s5", "s7", "s10", "real images"])
    let report = try text("report.md")
    #expect(report.contains("s5 (chosen)") && !report.contains("s10 (chosen)"))
    #expect(report.contains("The study goes on with s5, whatever the rule chooses."))
  }

  @Test("What is the same for several arms is said once")
  func sharedWarnings() {
    let notes = ["a: no positives", "b: no positives", "a: no negatives", "few patients"]
    #expect(
      notes.sharedByModels(["a", "b"])
        == ["all arms: no positives", "a: no negatives", "few patients"])
    #expect(notes.sharedByModels(["a", "b", "c"])[0] == "2 of 3 arms: no positives")
    #expect(notes.sharedByModels([]) == notes)
  }

  @Test("Every number that leads somewhere leads to a row of origins")
  func links() async throws {
    try await StudyReportWriter(
      SimulatedTestSets.results(), material: StudyMaterial(), gnuplot: "no-such-gnuplot"
    ).write(to: target)
    let page = try text("index.html")
    let targets = Set(page.matches(of: /href="#(origin-[^"]+)"/).map { String($0.output.1) })
    #expect(!targets.isEmpty)
    for name in targets { #expect(page.contains("id=\"\(name)\"")) }
    let numbers = page.matches(of: /<td class="number"[^>]*><a href="#origin/)
    #expect(numbers.count > 40)
    #expect(try text("report.md").contains("](index.html#origin-nih-pretrained)"))
  }

  @Test("Beside a number stand the published one and the difference")
  func published() async throws {
    let results = try await SimulatedTestSets.results()
    try await StudyReportWriter(
      results, material: StudyMaterial(), gnuplot: "no-such-gnuplot"
    ).write(to: target)
    let rows = try text("tables/overall-auroc-published.csv").split(whereSeparator: \.isNewline)
    let row = try #require(rows.first { $0.hasPrefix("NIH,pretrained,") }).split(separator: ",")
    let value = try #require(results.testSets[1].evaluation.runs.last?.macro.auroc.value)
    #expect(Double(row[2]) == value && row[3] == "0.726")
    #expect(try #require(Double(row[4])).isClose(to: value - 0.726, absolute: 1e-15))
  }

  @Test("Distances between real and generated images stand beside the published ones")
  func distances() async throws {
    var index = SimulatedTestSets.index
    index.publication = .syntheticXRay
    var material = StudyMaterial()
    material.distances = [
      .init(label: "Normal", metric: "FID", value: 70.25, realCount: 9, publishedAs: "normal"),
      .init(label: "Other", metric: "FID", note: "too few images"),
    ]
    try await StudyReportWriter(
      SimulatedTestSets.results(index), material: material, gnuplot: "no-such-gnuplot"
    ).write(to: target)
    let rows = try text("tables/distances.csv").split(whereSeparator: \.isNewline)
    #expect(rows[1] == "Normal,FID,70.25,61.88,9,,")
    #expect(rows[2] == "Other,FID,,,,,too few images")
    #expect(try text("report.md").contains("61.880"))
  }

  @Test("p-values of means are adjusted over arms and test sets")
  func adjusts() async throws {
    let results = try await SimulatedTestSets.results()
    let pairs = results.testSets.flatMap(\.comparisons)
      .filter { $0.label == "macro" && $0.metric == "auroc" }
    let p = pairs.compactMap(\.p)
    #expect(p.count == 2)
    let smallest = try #require(p.min())
    #expect(pairs.compactMap(\.pAdjusted).min() == min(1, 2 * smallest))
  }

  @Test("The same results give the same bytes")
  func repeatable() async throws {
    let again = folder.url.appending(path: "again")
    for place in [target, again] {
      try await StudyReportWriter(
        SimulatedTestSets.results(), material: StudyMaterial(), gnuplot: "no-such-gnuplot"
      ).write(to: place)
    }
    for path in ["index.html", "report.md", "report.json", "tables/figure-8.csv"] {
      #expect(
        try Data(contentsOf: target.appending(path: path))
          == Data(contentsOf: again.appending(path: path)))
    }
  }

  @Test(
    "Figures are drawn where gnuplot is installed", .enabled(if: FigureTests.isGnuplotInstalled))
  func draws() async throws {
    let result = try await StudyReportWriter(
      SimulatedTestSets.results(), material: StudyMaterial()
    ).write(to: target)
    #expect(result.note == nil)
    for name in ["figure-4", "figure-6", "figure-7-nih", "figure-8", "figure-11-nih", "heat-map"] {
      #expect(try text("figures/\(name).svg").contains("</svg>"))
    }
    #expect(try text("figures/confusion-matrices-nih-edema.svg").contains("is positive"))
  }
}
