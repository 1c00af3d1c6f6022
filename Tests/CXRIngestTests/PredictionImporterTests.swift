// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRIngest
import CXRTestSupport
import Testing

@Suite("Prediction import")
struct PredictionImporterTests {
  let fixture: NIHFixture

  init() throws {
    fixture = try NIHFixture()
    try fixture.writeV2020()
    try fixture.ingest()
  }

  @discardableResult
  private func importFile(
    _ text: String, model: String = "m", configure: (inout PredictionImporter) -> Void = { _ in }
  ) throws -> IngestReport {
    let path = try fixture.folder.write(text, to: "preds.csv")
    var importer = PredictionImporter(path: path, dataset: "nih", model: model)
    configure(&importer)
    return try importer.run(into: fixture.catalog, provenance: fixture.provenance)
  }

  private func table(
    _ labels: LabelSelection, models: [String] = ["m"]
  ) throws -> PredictionSelection {
    try fixture.catalog.predictions(.init(dataset: "nih", models: models, labels: labels))
  }

  @Test(
    "Finds images and labels however the header and the paths spell them",
    arguments: [
      "path,prob_Effusion,prob_Edema\n/a/b/00000001_000.png,0.25,0.5\n",
      "Image Index,Effusion,Edema\n00000001_000.png,0.25,0.5\n",
      "image_id,pred_Pleural Effusion,score_edema\n00000001_000,0.25,0.5\n",
      "id,Pleural_Effusion,fold,Edema\n\"00000001_000.png\",2.5e-1,3,.5\n",
    ])
  func spellings(_ text: String) throws {
    let report = try importFile(text)
    #expect(report.outcome == .created && report.recordsKept == 1)
    let model = try #require(try table(.named(["Effusion", "Edema"])).table.models.first)
    #expect(model.scores == ["Pleural Effusion": [0.25], "Edema": [0.5]])
  }

  @Test("A native label finds the scores that are stored under its finding")
  func nativeLabels() throws {
    try importFile(
      "path,prob_Effusion,prob_Pleural Thickening,prob_Nodule\n00000001_000.png,0.25,0.5,0.75\n")
    let table = try table(.native).table
    #expect(table.labels.count == 15)
    let model = try #require(table.models.first)
    #expect(model.scores == ["Effusion": [0.25], "Pleural_Thickening": [0.5], "Nodule": [0.75]])
    let effusion = try #require(table.labels.first { $0.name == "Effusion" })
    #expect(effusion.states == [.positive])
  }

  @Test("Takes columns by hand where the header does not tell")
  func overrides() throws {
    try importFile("path,c1,Edema\n00000001_000.png,0.25,0.5\n") {
      $0.columnByLabel = ["Edema": "c1"]
    }
    #expect(try table(.named(["Edema"])).table.models.first?.scores["Edema"] == [0.25])
    let error = #expect(throws: IngestError.self) {
      try importFile("path,c1\nx,1\n", model: "n") { $0.columnByLabel = ["Edema": "c2"] }
    }
    #expect(error?.message.contains("did you mean c1?") == true)
  }

  @Test("Counts and reports images that the dataset does not have")
  func unknownImages() throws {
    let report = try importFile("path,Edema\n00000001_000.png,0.5\nother.png,0.5\nthird.png,1\n")
    #expect(report.recordsRead == 3 && report.recordsKept == 1)
    #expect(report.flow.contains(Provenance.FlowStep("dropped: unknown image", 2)))
    #expect(report.diagnostics.contains { $0.code == "unknown-image" && $0.count == 2 })
    #expect(try table(.eight).runs.first?.unknownImageCount == 2)
  }

  static let badScores = [
    ("nan", "NaN"), ("-inf", "infinite"), ("1e999", "infinite"), ("1.5", "out of range"),
    ("-0.1", "out of range"), ("", "empty"), ("high", "no number"), ("0x1", "no number"),
  ]

  @Test("Refuses a score that is none, naming line, column and kind", arguments: badScores)
  func badScore(_ score: String, _ kind: String) throws {
    let text = "path,Edema,prob_Effusion\n00000001_000.png,0.5,0.5\n00000002_000.png,0.5,\(score)\n"
    let error = #expect(throws: IngestError.self) { try importFile(text) }
    #expect(error?.code == .badRecord)
    #expect(
      error?.message.contains("preds.csv:3: column prob_Effusion: the score is \(kind)") == true)
    let report = try importFile(text) { $0.badRecords.maximumBadRecordCount = 1 }
    #expect(report.recordsKept == 1)
  }

  @Test("Accepts any finite score on request")
  func logits() throws {
    try importFile("path,Edema\n00000001_000.png,-7.5\n") { $0.scoreRange = .any }
    #expect(try table(.named(["Edema"])).table.models.first?.scores["Edema"] == [-7.5])
  }

  @Test(
    "Refuses files that cannot be predictions of the dataset",
    arguments: [
      ("", "is empty"), ("a,Edema\nx,0.5\n", "no column of image names"),
      ("path,other\n00000001_000.png,1\n", "no column of scores"),
      ("path,prob_Efusion\n00000001_000.png,1\n", "did you mean Effusion?"),
      (
        "path,prob_Effusion,Pleural Effusion,pred_Effusion\n00000001_000.png,1,1,1\n", "are both of"
      ),
      ("path,Edema\nx.png,0.5\n", "swapped"),
      ("path,Edema\n00000001_000.png,0.5\n00000001_000,0.5\n", "lines 2 and 3"),
      ("path,Edema\n00000001_000.png\n", ":2: 1 fields where the header has 2"),
    ])
  func refusals(_ text: String, _ reason: String) throws {
    let error = #expect(throws: IngestError.self) { try importFile(text) }
    #expect(error?.message.contains(reason) == true)
    #expect(try fixture.catalog.info().datasets.first?.runs.isEmpty == true)
  }

  @Test("The same file again changes nothing; other content needs a replacement")
  func repetition() throws {
    let text = "path,Edema\n00000001_000.png,0.5\n"
    try importFile(text)
    #expect(try importFile(text).outcome == .unchanged)
    let other = text + "00000002_000.png,0.75\n"
    let error = #expect(throws: CatalogError.self) { try importFile(other) }
    #expect(error?.code == .conflict)
    #expect(try importFile(other) { $0.conflictPolicy = .replace }.outcome == .updated)
    #expect(try table(.named(["Edema"])).table.rowCount == 2)
  }

  @Test("Only radiographs with predictions by every model are compared, ordered by image name")
  func commonRows() throws {
    try importFile("path,Edema\n00000003_000.png,0.3\n00000001_000.png,0.1\n00000002_000.png,0.2\n")
    try importFile("path,Edema\n00000002_000.png,0.8\n00000003_000.png,0.9\n", model: "n")
    let selection = try table(.named(["Edema"]), models: ["n", "m"])
    #expect(selection.imageNames == ["00000002_000.png", "00000003_000.png"])
    #expect(selection.table.models.map { $0.scores["Edema"] } == [[0.8, 0.9], [0.2, 0.3]])
    #expect(selection.selectedCount == 4 && selection.withoutPredictionCount == 2)
    #expect(selection.table.sexes == [.female, .female])
  }

  @Test("Reads published thresholds, and refuses other files")
  func thresholds() throws {
    try importFile("path,prob_Effusion\n00000001_000.png,0.5\n")
    func read(_ text: String) throws -> IngestReport {
      try ThresholdFile(path: fixture.folder.write(text, to: "Threshold.csv"))
        .run(into: fixture.catalog, dataset: "nih", model: "m", provenance: fixture.provenance)
    }
    #expect(try read("label,bestthr\nEffusion,0.25\n").outcome == .created)
    #expect(try read("label,bestthr\nEffusion,0.25\n").outcome == .unchanged)
    // The same numbers from another file have another source.
    #expect(try read("label,thr\nPleural Effusion,0.25\n").outcome == .updated)
    #expect(try table(.native).table.models.first?.thresholds == ["Effusion": 0.25])
    #expect(throws: IngestError.self) { try read("label,auc\nEffusion,0.25\n") }
    #expect(throws: IngestError.self) { try read("label,thr\nEfusion,0.25\n") }
    #expect(throws: IngestError.self) { try read("label,thr\nEffusion,nan\n") }
    #expect(throws: CatalogError.self) { try read("label,thr\nEdema,0.5\n") }
  }

  @Test("What an import came to depends on the images and the options, not on the file alone")
  func importedAgain() throws {
    let path = try fixture.folder.write(
      "path,Edema\n00000001_000.png,0.5\n00000002_000.png,1.5\n", to: "p.csv")
    var importer = PredictionImporter(path: path, dataset: "nih", model: "m")
    importer.badRecords = BadRecordPolicy(maximumBadRecordCount: 1)
    func run() throws -> WriteOutcome {
      try importer.run(into: fixture.catalog, provenance: fixture.provenance).outcome
    }
    #expect(try run() == .created)
    #expect(try run() == .unchanged)
    importer.scoreRange = .any
    #expect(throws: CatalogError.self) { try run() }
    importer.conflictPolicy = .replace
    #expect(try run() == .updated)
    #expect(try table(.named(["Edema"])).imageNames.count == 2)
  }

  @Test("A label is named, and named once", arguments: [[], ["Effusion", "Pleural Effusion"]])
  func labelNames(_ names: [String]) throws {
    try importFile("path,Effusion\n00000001_000.png,0.5\n")
    let error = #expect(throws: CatalogError.self) { try table(.named(names)) }
    #expect(error?.code == .unknownName)
  }
}
