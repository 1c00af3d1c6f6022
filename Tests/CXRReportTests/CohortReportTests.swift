// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRTestSupport
import Foundation
import FoundationXML
import Testing

@testable import CXRReport

@Suite("Cohort reports")
struct CohortReportTests {
  private static func step(
    _ kind: CohortStep.Kind, _ name: String, _ radiographs: Int, _ studies: Int, _ patients: Int,
    dataset: String
  ) -> CohortStep {
    CohortStep(
      dataset: dataset, kind: kind, name: name, radiographCount: radiographs, studyCount: studies,
      patientCount: patients)
  }

  private static func flow(_ datasets: [String]) -> CohortFlow {
    CohortFlow(
      cohort: "it's <b>", definition: "name: x\n",
      datasets: datasets.map { name in
        CohortFlow.DatasetFlow(
          origin: DatasetOrigin(
            dataset: name, title: "Set \(name)", recordsRead: 1010,
            flow: [.init("records read", 1010), .init("dropped: ragged row", 10)]),
          steps: [
            step(.start, "in the catalog", 1000, 800, 500, dataset: name),
            step(.excluded, "view is not PA", 300, 200, 100, dataset: name),
            step(.excluded, "sex unknown", 0, 0, 0, dataset: name),
            step(.kept, "in the cohort", 700, 600, 400, dataset: name),
          ])
      }, notes: ["A note."])
  }

  @Test("The flow in a terminal keeps to the width and shows every step")
  func flowText() {
    let text = CohortFlowReport(Self.flow(["a"])).text(width: 60)
    for line in text.split(separator: "\n") { #expect(line.count <= 60, "\(line)") }
    for words in ["1,010", "dropped: ragged row", "−300", "−200", "sex unknown", "600", "A note."] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("The diagram shows what removed something and names the rest in its caption")
  func diagram() {
    let figure = ConsortDiagram(Self.flow(["a", "b"])).figure
    for words in [
      "'Excluded'", "'view is not PA'", "'300 radiographs'", "'200 studies'", "'In the cohort'",
      "'ragged row (10)'", "'1,400 radiographs, 1,200 studies, 800 patients'",
      "'Cohort it''s <b>'",
    ] {
      #expect(figure.script.contains(words), "\(words)")
    }
    #expect(!figure.script.contains("sex unknown"))
    #expect(figure.caption.contains("sex unknown (a); sex unknown (b)"))
  }

  @Test(
    "The folder gets Markdown, JSON and a well-formed diagram, the same bytes each time",
    .enabled(if: FigureTests.isGnuplotInstalled))
  func writing() async throws {
    let folder = try TemporaryFolder()
    let report = CohortFlowReport(Self.flow(["a"]))
    let target = folder.url.appending(path: "flow")
    try await report.write(to: target)
    let svg = try Data(contentsOf: target.appending(path: "flow.svg"))
    #expect(try XMLDocument(data: svg).rootElement()?.name == "svg")
    let text = String(decoding: svg, as: UTF8.self)
    #expect(!text.contains("Helvetica:Bold") && text.contains("font-weight=\"bold\""))
    let markdown = try String(
      contentsOf: target.appending(path: "flow.md"), encoding: .utf8)
    #expect(markdown.contains("![Flow of radiographs into cohort it's &lt;b&gt;](flow.svg)"))
    #expect(markdown.contains("```yaml\nname: x\n```"))
    let result = try await report.write(to: target)
    #expect(result.note == nil)
    #expect(try Data(contentsOf: target.appending(path: "flow.svg")) == svg)
  }

  @Test("Without gnuplot the Markdown says that there is no diagram")
  func withoutGnuplot() async throws {
    let folder = try TemporaryFolder()
    let report = CohortFlowReport(Self.flow(["a"]), gnuplot: "no-such-gnuplot")
    let result = try await report.write(to: folder.url)
    #expect(result.note != nil)
    #expect(folder.fileNames == ["flow.json", "flow.md"])
  }

  @Test("A table shows counts with percentages, differences with a mark, and why a cell is empty")
  func population() throws {
    let json = """
      {"title": "t", "reference": "a train", "labelPolicy": "u-zeros", "notes": ["Hidden."],
       "populations": [
        {"name": "a train", "radiographCount": 1000, "studyCount": 0, "patientCount": 900,
         "age": {"knownCount": 1000, "meanYears": 50, "standardDeviationYears": 10},
         "sections": [
          {"attribute": "sex", "categories": [
            {"name": "Female", "count": 400, "share": 0.4},
            {"name": "Male", "count": 600, "share": 0.6},
            {"name": "Unknown", "count": 0, "share": 0}]},
          {"attribute": "age", "categories": [
            {"name": "<18", "count": 1000, "share": 1},
            {"name": "Unknown", "count": 0, "share": 0}]},
          {"attribute": "finding", "categories": [
            {"name": "Edema", "count": 50, "share": 0.05}]}]},
        {"name": "a test", "studyCount": 0, "patientCount": 90, "radiographCount": 100,
         "ageDifference": 0.3, "sections": [
          {"attribute": "sex", "difference": 0.05, "categories": [
            {"name": "Female", "count": 40, "share": 0.4},
            {"name": "Male", "count": 60, "share": 0.6},
            {"name": "Unknown", "count": 0, "share": 0}]},
          {"attribute": "age", "categories": [
            {"name": "<18", "count": 100, "share": 1},
            {"name": "Unknown", "count": 0, "share": 0}]},
          {"attribute": "finding", "categories": [
            {"name": "Edema", "reason": "suppressed: <10"}]}]}]}
      """
    let table = try JSONDecoder().decode(PopulationTable.self, from: Data(json.utf8))
    let text = PopulationReport(table).text()
    for words in [
      "1,000", "400 (40.0%)", "50.0 ± 10.0", "+0.300*", "+0.050", "<10", "No race is recorded.",
      "Hidden.",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("Unknown"))
    let rows = table.dataTables[0].rows
    #expect(rows.contains(["a train", "sex", "Female", "400", "0.4", "", ""]))
    #expect(rows.contains(["a test", "finding", "Edema", "", "", "", "suppressed: <10"]))
    #expect(PopulationReport(table).markdown().contains("| Edema | 50 (5.0%) | &lt;10² |  |"))
  }
}
