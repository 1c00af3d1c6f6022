// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("An external dataset described by YAML alone")
struct DatasetAuditTests {
  let fixture: DatasetFixture

  init() throws { fixture = try DatasetFixture() }

  /// Runs the verbs from the files to the audit.
  ///
  /// - Returns: What ingest and audit printed as JSON.
  private func audit(
    manifest: String, dataset: String, labels: String, groups: [String]
  ) throws -> (ingest: [String: Any], audit: [String: Any]) {
    func run(_ arguments: [String]) throws -> Program.Outcome {
      let outcome = try fixture.program.run(arguments)
      try #require(outcome.status == 0, "\(arguments): \(outcome.messages)\(outcome.output)")
      return outcome
    }
    let ingest = try run(["ingest", "--manifest", manifest, "--root", ".", "--json"])
    _ = try run(["split", "create", "--dataset", dataset, "--name", "half", "--test-size", "0.5"])
    _ = try run(["predictions", "import", "predictions.csv", "--dataset", dataset, "--model", "m"])
    _ = try run([
      "thresholds", "select", "--dataset", dataset, "--model", "m", "--split", "half:train",
    ])
    let audit = try run(
      [
        "audit", "--dataset", dataset, "--model", "m", "--split", "half:test", "--bootstrap", "20",
        "--permutations", "20", "--labels", labels, "--json",
      ] + groups.flatMap { ["--group", $0] })
    return (try ingest.json(), try audit.json())
  }

  private func flow(_ document: [String: Any]) -> [String: Int] {
    let steps = document["flow"] as? [[String: Any]] ?? []
    return Dictionary(
      steps.map { ($0["name"] as? String ?? "", $0["count"] as? Int ?? -1) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test("A flat table with findings in free text is ingested, split and audited end to end")
  func flatHospital() throws {
    try fixture.writeFlatHospital()
    try fixture.copyExample("flat-hospital.yaml")
    let (ingest, audit) = try audit(
      manifest: "flat-hospital.yaml", dataset: "flat-hospital",
      labels: "Cardiomegaly,Pleural Effusion,No Finding", groups: ["sex", "race"])
    #expect(flow(ingest)["records read"] == 240)
    #expect(flow(ingest)["dropped: taken abroad, view PA"] == 1)
    #expect(flow(ingest)["radiographs kept"] == 239)
    let diagnostics = ingest["diagnostics"] as? [[String: Any]] ?? []
    #expect(diagnostics.allSatisfy { $0["severity"] as? String == "note" }, "\(diagnostics)")
    let text = String(describing: audit)
    for word in ["Pleural Effusion", "No Finding", "Asian", "White"] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("A reader study with a table of patients is ingested, split and audited end to end")
  func readerStudy() throws {
    try fixture.writeReaderStudy()
    try fixture.copyExample("reader-study.yaml")
    let (ingest, audit) = try audit(
      manifest: "reader-study.yaml", dataset: "reader-study",
      labels: "Cardiomegaly,Pneumothorax,No Finding", groups: ["sex", "age"])
    #expect(flow(ingest)["records read"] == 360)
    #expect(flow(ingest)["radiographs kept"] == 120)
    #expect(String(describing: audit).contains("Pneumothorax"))
    let info = try fixture.program.run("catalog", "info").output
    #expect(info.contains("120 radiographs of 60 patients"))
  }

  @Test(
    "A draft of either table is correct and is ingested without a change",
    arguments: ["export.csv", "readings.csv"])
  func drafts(_ table: String) throws {
    if table == "export.csv" {
      try fixture.writeFlatHospital()
    } else {
      try fixture.writeReaderStudy()
    }
    for arguments in [
      ["dataset", "init", table, "--out", "draft.yaml"],
      ["dataset", "check", "draft.yaml", "--root", "."],
      ["ingest", "--manifest", "draft.yaml", "--root", "."],
    ] {
      let outcome = try fixture.program.run(arguments)
      #expect(outcome.status == 0, "\(outcome.messages)\(outcome.output)")
      #expect(!outcome.output.contains("warning"), "\(outcome.output)")
    }
    let info = try fixture.program.run("catalog", "info").output
    #expect(info.contains(table == "export.csv" ? "of 120 patients" : "of 60 patients"))
  }
}
