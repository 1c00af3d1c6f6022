// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@Suite("Catalog content")
struct CatalogContentTests {
  let catalog: Catalog

  init() throws { catalog = try CatalogFixture.catalog() }

  private func rows() throws -> [[String: String]] {
    var rows: [[String: String]] = []
    try catalog.forEachExportedRow(dataset: "tiny") {
      rows.append(Dictionary(uniqueKeysWithValues: zip(Catalog.exportHeader, $0)))
    }
    return rows
  }

  private func table(_ labels: LabelSelection = .named(["Edema"])) throws -> PredictionSelection {
    try catalog.predictions(.init(dataset: "tiny", models: ["m"], labels: labels))
  }

  @discardableResult
  private func add(
    _ scores: [String: Double], digest: String = "1", policy: ConflictPolicy = .refuse
  ) throws -> WriteOutcome {
    try catalog.addPredictionRun(
      CatalogFixture.run(catalog, scores: scores, digest: digest), dataset: "tiny",
      onConflict: policy, provenance: CatalogFixture.provenance)
  }

  @Test("Packs and unpacks every state of every finding", arguments: LabelState.allCases)
  func findingStates(_ state: LabelState) {
    for finding in Finding.allCases {
      var states = FindingStates(allAre: .unannotated)
      states[finding] = state
      for other in Finding.allCases {
        #expect(states[other] == (other == finding ? state : .unannotated))
      }
    }
  }

  @Test("Exports states in words, exact numbers, and native labels together")
  func export() throws {
    let rows = try rows()
    #expect(rows.map { $0["Edema"] } == ["positive", "uncertain", "negative"])
    #expect(rows.allSatisfy { $0["Fracture"] == "unmentioned" && $0["Pneumonia"] == "unannotated" })
    #expect(rows.map { $0["ageYears"] } == ["0.3333333333333333", "", "81"])
    #expect(rows.map { $0["study"] } == ["", "s1", ""])
    #expect(rows.map { $0["race"] } == ["Asian", "Asian", ""])
    #expect(rows.map { $0["nativeLabels"] } == ["Oedema|Scar", "", ""])
  }

  @Test("Refuses content that would bring a patient into two parts of a stored split")
  func patientChangesHands() throws {
    let parts = ["a.png": "train", "b.png": "train", "c.png": "test"]
    _ = try catalog.addSplit(
      SplitContent(
        name: "s", method: "imported", seed: nil, detail: "", partByImageName: parts),
      dataset: "tiny", provenance: CatalogFixture.provenance)
    var content = CatalogFixture.content(digest: "2")
    content.radiographs[1].patientIndex = 1
    let error = #expect(throws: CatalogError.self) {
      try catalog.replaceDataset(content, provenance: CatalogFixture.provenance)
    }
    #expect(error?.code == .invalidContent && error?.message.contains("split s") == true)
    #expect(try catalog.verify().allSatisfy(\.isPassed))
    #expect(try catalog.split("s", dataset: "tiny").partByImageName == parts)
  }

  @Test("Counts what it holds")
  func info() throws {
    try add(["a.png": 0.5])
    let dataset = try #require(try catalog.info().datasets.first)
    #expect(dataset.patientCount == 2 && dataset.radiographCount == 3 && dataset.boxCount == 1)
    #expect(dataset.views.map(\.name) == ["PA", "lateral"])
    #expect(dataset.sexes.map(\.count) == [2, 1])
    #expect(dataset.findings.map(\.name) == ["Edema", "Fracture"])
    #expect(dataset.runs.map(\.labels) == [["Edema"]])
    #expect(try catalog.info().provenance.map(\.verb) == ["test", "test"])
  }

  @Test("An update keeps ids and scores, and removes what is gone with its scores")
  func update() throws {
    try add(["a.png": 0.25, "b.png": 0.5, "c.png": 0.75])
    var content = CatalogFixture.content(digest: "2")
    content.radiographs.removeAll { $0.imageName == "c.png" }
    content.radiographs[0].findings[.edema] = .negative
    let error = #expect(throws: CatalogError.self) {
      try catalog.replaceDataset(content, provenance: CatalogFixture.provenance)
    }
    #expect(error?.code == .conflict)
    #expect(
      try catalog.replaceDataset(
        content, onConflict: .replace, provenance: CatalogFixture.provenance) == .updated)
    let selection = try table()
    #expect(selection.imageNames == ["a.png", "b.png"])
    #expect(selection.table.labels.first?.states == [.negative, .uncertain])
    #expect(selection.table.models.first?.scores["Edema"] == [0.25, 0.5])
    #expect(try catalog.info().datasets.first?.patientCount == 1)
    #expect(try catalog.verify().allSatisfy(\.isPassed))
  }

  @Test("A cancelled task leaves the catalog as it was")
  func cancellation() async throws {
    let catalog = catalog
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try catalog.replaceDataset(
        CatalogFixture.content(digest: "2"), provenance: CatalogFixture.provenance)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try catalog.holdsDataset("tiny", contentDigest: "1"))
    #expect(try catalog.info().provenance.count == 1)
  }

  @Test("A record that breaks a rule undoes the whole write")
  func rollback() throws {
    var content = CatalogFixture.content(digest: "2")
    content.radiographs[2].ageYears = 200
    let error = #expect(throws: CatalogError.self) {
      try catalog.replaceDataset(content, provenance: CatalogFixture.provenance)
    }
    #expect(error?.code == .invalidContent)
    #expect(try catalog.holdsDataset("tiny", contentDigest: "1"))
  }

  @Test("The same run again changes nothing, another needs a replacement")
  func runConflict() throws {
    #expect(try add(["a.png": 0.5]) == .created)
    #expect(try add(["a.png": 0.5]) == .unchanged)
    let error = #expect(throws: CatalogError.self) { try add(["b.png": 0.5], digest: "2") }
    #expect(error?.code == .conflict)
    #expect(try add(["b.png": 0.5], digest: "2", policy: .replace) == .updated)
    #expect(try table().imageNames == ["b.png"])
  }

  @Test("Selects by view and by part of a split")
  func selection() throws {
    try add(["a.png": 0.25, "b.png": 0.5, "c.png": 0.75])
    let split = SplitContent(
      name: "s", method: "test", seed: nil, detail: "",
      partByImageName: ["a.png": "test", "b.png": "test", "c.png": "train"])
    _ = try catalog.addSplit(split, dataset: "tiny", provenance: CatalogFixture.provenance)
    var request = PredictionRequest(dataset: "tiny", models: ["m"], labels: .fourteen)
    request.view = .pa
    #expect(try catalog.predictions(request).imageNames == ["a.png", "c.png"])
    request.split = (name: "s", part: "test")
    #expect(try catalog.predictions(request).imageNames == ["a.png"])
    request.view = nil
    let selection = try catalog.predictions(request)
    #expect(selection.table.patients == [0, 0])
    #expect(selection.table.races == [.asian, .asian])
    #expect(selection.table.labels.map(\.name) == Finding.allCases.map(\.name))
    #expect(Array(selection.table.models.flatMap(\.scores.keys)) == ["Edema"])
    request.view = .ap
    let error = #expect(throws: CatalogError.self) { try catalog.predictions(request) }
    #expect(error?.code == .invalidContent)
  }

  @Test("Names the nearest thing when a name is unknown")
  func unknownNames() throws {
    try add(["a.png": 0.5])
    func message(_ request: PredictionRequest) throws -> String {
      let error = #expect(throws: CatalogError.self) { try catalog.predictions(request) }
      #expect(error?.code == .unknownName)
      return error?.message ?? ""
    }
    #expect(
      try message(.init(dataset: "tinny", models: ["m"], labels: .eight)).contains("mean tiny?"))
    #expect(try message(.init(dataset: "tiny", models: ["n"], labels: .eight)).contains("mean m?"))
    #expect(
      try message(.init(dataset: "tiny", models: ["m"], labels: .named(["Odema"]))).contains(
        "did you mean"))
    #expect(
      try message(
        .init(dataset: "tiny", models: ["m"], labels: .eight, split: (name: "s", part: "p"))
      ).contains("there is none yet"))
    #expect(try catalog.datasetName(nil, havingModels: ["m"]) == "tiny")
  }

  @Test("Thresholds replace each other by label, and the same again change nothing")
  func thresholds() throws {
    try add(["a.png": 0.5])
    func set(_ value: Double, label: String = "Edema") throws -> WriteOutcome {
      try catalog.setThresholds(
        [Threshold(label: label, value: value, rule: "imported", source: "t.csv")],
        dataset: "tiny", model: "m", provenance: CatalogFixture.provenance)
    }
    #expect(try set(0.25) == .created)
    #expect(try set(0.25) == .unchanged)
    #expect(try set(0.5) == .updated)
    #expect(try table().table.models.first?.thresholds == ["Edema": 0.5])
    #expect(throws: CatalogError.self) { try set(0.5, label: "Pneumonia") }
  }

  @Test("Reads label selections as they are typed")
  func labelSelections() {
    #expect(LabelSelection("eight") == .eight)
    #expect(LabelSelection("NATIVE") == .native)
    #expect(LabelSelection("Edema, No Finding") == .named(["Edema", "No Finding"]))
  }
}
