// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import Foundation
import FoundationXML
import Testing

@testable import CXRReport

@Suite("Figures")
struct FigureTests {
  private let figures = MadeUpStudy.report.evaluationFigures + MadeUpStudy.report.auditFigures
  private let gnuplot = Gnuplot(executable: "gnuplot")

  /// Whether gnuplot lies on the search path.
  static let isGnuplotInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot") }

  @Test("Every figure is drawn as well-formed XML", .enabled(if: isGnuplotInstalled))
  func wellFormed() async throws {
    #expect(
      figures.map(\.name) == [
        "auroc", "roc", "precision-recall", "calibration", "underdiagnosis", "gaps",
        "gap-against-auroc",
      ])
    for figure in figures {
      let text = try await gnuplot.draw(figure).fileText
      let document = try XMLDocument(xmlString: text)
      #expect(document.rootElement()?.name == "svg")
      #expect(!text.contains("<script"))
      #expect(text.contains("&lt;script"), "\(figure.name) names the second model")
    }
  }

  @Test("The same figure is drawn in the same bytes", .enabled(if: isGnuplotInstalled))
  func deterministic() async throws {
    let figure = try #require(figures.first)
    let svg = try await gnuplot.draw(figure).svg
    #expect(try await gnuplot.draw(figure).svg == svg)
    #expect(!svg.lowercased().contains("produced by"))
  }

  @Test("Figures on one page share no identifier", .enabled(if: isGnuplotInstalled))
  func identifiers() async throws {
    var seen: Set<String> = []
    for figure in figures {
      let svg = try await gnuplot.draw(figure).svg
      for match in svg.matches(of: /<[^>]*\sid=["']([^"']*)["']/) {
        #expect(seen.insert(String(match.output.1)).inserted, "\(match.output.1)")
      }
    }
  }

  @Test("A name cannot leave its quotes")
  func quoting() {
    #expect(GnuplotScript.quoted("it's `date`\n\"x\"") == "'it''s `date` \"x\"'")
    let script = figures[0].script
    let name = MadeUpStudy.hostileName.singleLine
    #expect(script.contains(GnuplotScript.quoted(name)))
    #expect(!script.replacing(GnuplotScript.quoted(name), with: "").contains("`"))
  }

  @Test("A study without curves or audit still has its forest plot")
  func fewerFigures() {
    let report = StudyReport(
      title: "t", evaluation: MadeUpStudy.evaluation, comparison: nil, audit: nil, curves: [])
    #expect((report.evaluationFigures + report.auditFigures).map(\.name) == ["auroc"])
  }

  @Test("A number that is not finite is left out of the data")
  func nonFinite() {
    var script = GnuplotScript(title: "t", width: 10, height: 10)
    let name = script.data([[0, 1], [.nan, 1], [2, .infinity], [3, 4]])
    #expect(script.text.contains("\(name) << END\n0.0 1.0\n3.0 4.0\nEND\n"))
  }

  @Test("Complaints of gnuplot end in an error", .enabled(if: isGnuplotInstalled))
  func failure() async throws {
    let figure = Figure(name: "bad", title: "t", caption: "", script: "no such command\n")
    let error = await #expect(throws: ReportError.self) { try await gnuplot.draw(figure) }
    #expect(error?.code == .gnuplotFailed)
  }

  @Test(
    "Axes end at round numbers",
    arguments: [(0.0, 0.02), (0.013, 0.02), (0.11, 0.15), (0.3, 0.35), (0.62, 0.7)])
  func ceilings(largest: Double, ceiling: Double) {
    #expect(AxisRange.ceiling([largest, .nan]) == ceiling)
  }

  @Test("Ticks stay apart", arguments: [(0.8, 0.86, 0.01), (0.8, 0.9, 0.02), (0.5, 1, 0.1)])
  func ticks(lower: Double, upper: Double, step: Double) {
    #expect(AxisRange.tickStep(of: lower...upper) == step)
  }
}
