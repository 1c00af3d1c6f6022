// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRTestSupport
import GRDB
import Testing

@Suite("The rules of splits in the database")
struct SplitRuleTests {
  let folder: TemporaryFolder
  let catalog: Catalog

  /// Patients p1 with a.png and b.png, p2 with c.png, and p3 with d.png.
  init() throws {
    folder = try TemporaryFolder()
    catalog = try Catalog(path: folder.path("c.sqlite"))
    var content = CatalogFixture.content()
    content.patients.append(PatientRecord(patientKey: "p3", sex: nil))
    var last = content.radiographs[2]
    last.imageName = "d.png"
    last.patientIndex = 2
    content.radiographs.append(last)
    _ = try catalog.replaceDataset(content, provenance: CatalogFixture.provenance)
  }

  private func execute(_ sql: String) throws {
    try DatabaseQueue(path: folder.path("c.sqlite")).write { try $0.execute(sql: sql) }
  }

  @discardableResult
  private func add(_ parts: [String: String], name: String = "s") throws -> WriteOutcome {
    try catalog.addSplit(
      SplitContent(name: name, method: "m", seed: nil, detail: "", partByImageName: parts),
      dataset: "tiny", onConflict: .replace, provenance: CatalogFixture.provenance)
  }

  @Test("A patient in two parts is refused, naming the parts and how many patients")
  func patients() throws {
    try add(["a.png": "train", "b.png": "train", "c.png": "test"])
    let error = #expect(throws: CatalogError.self) {
      try add(["a.png": "train", "b.png": "test", "c.png": "test"])
    }
    #expect(error?.code == .invalidContent)
    #expect(error?.message.contains("1 patient in parts test and train") == true)
    #expect(try catalog.split("s", dataset: "tiny").partByImageName["b.png"] == "train")
    #expect(try catalog.verify().allSatisfy(\.isPassed))
  }

  @Test("SQL typed by hand cannot put a patient into two parts")
  func triggers() throws {
    try add(["a.png": "train", "c.png": "test"])
    let insertion = """
      INSERT INTO splitMember SELECT split.id, radiograph.id, 'test' FROM split, radiograph
      WHERE imageName = 'b.png'
      """
    #expect(throws: DatabaseError.self) { try execute(insertion) }
    try execute(insertion.replacing("'test'", with: "'train'"))
    #expect(throws: DatabaseError.self) {
      try execute(
        """
        UPDATE splitMember SET part = 'test'
        WHERE radiographID = (SELECT id FROM radiograph WHERE imageName = 'b.png')
        """)
    }
    try execute(
      """
      UPDATE splitMember SET part = 'other'
      WHERE radiographID = (SELECT id FROM radiograph WHERE imageName = 'c.png')
      """)
    #expect(
      try catalog.split("s", dataset: "tiny").partByImageName
        == ["a.png": "train", "b.png": "train", "c.png": "other"])
  }

  @Test("Other splits of the same patients do not matter")
  func otherSplits() throws {
    try add(["a.png": "train", "b.png": "train"])
    #expect(try add(["a.png": "test", "b.png": "test"], name: "t") == .created)
  }

  @Test("Images with the same pixels in two parts are refused, and found later")
  func pixels() throws {
    let parts = ["a.png": "train", "c.png": "test", "d.png": "val"]
    try add(parts, name: "before")
    try execute("UPDATE radiograph SET pixelDigest = 'x' WHERE imageName IN ('a.png', 'c.png')")
    try execute("UPDATE radiograph SET pixelDigest = 'y' WHERE imageName = 'd.png'")
    let error = #expect(throws: CatalogError.self) { try add(parts) }
    #expect(error?.code == .invalidContent)
    #expect(
      error?.message.contains("1 image in parts test and train by their pixels") == true,
      "\(error?.message ?? "")")
    #expect(try add(["a.png": "train", "c.png": "train", "d.png": "val"]) == .created)
    #expect(
      try catalog.verify().filter { !$0.isPassed }.flatMap(\.problems)
        == ["split before: 1 image in parts test and train by their pixels"])
  }

  @Test("Several splits are stored together or not at all")
  func together() throws {
    func content(_ name: String, _ part: String) -> SplitContent {
      SplitContent(
        name: name, method: "m", seed: nil, detail: "",
        partByImageName: ["a.png": part, "b.png": "train"])
    }
    #expect(throws: CatalogError.self) {
      try catalog.addSplits(
        [content("good", "train"), content("bad", "test")], dataset: "tiny",
        provenance: CatalogFixture.provenance)
    }
    #expect(try catalog.info().datasets[0].splits.isEmpty)
    #expect(
      try catalog.addSplits(
        [content("one", "train"), content("two", "train")], dataset: "tiny",
        provenance: CatalogFixture.provenance) == [.created, .created])
    #expect(try catalog.info().provenance.count == 2, "one record of both")
  }

  @Test("Only the members of a cohort are divided, and an unknown cohort is named")
  func cohort() throws {
    try execute(
      """
      INSERT INTO cohort VALUES (1, 'adults', '', '', 1), (2, 'nobody', '', '', 1);
      INSERT INTO cohortMember SELECT 1, id FROM radiograph WHERE imageName IN ('b.png', 'c.png')
      """)
    let members = try catalog.splitCandidates(dataset: "tiny", cohort: "adults")
    #expect(members.map(\.imageName) == ["b.png", "c.png"])
    #expect(members.map(\.patientKey) == ["p1", "p2"])
    let all = try catalog.splitCandidates(dataset: "tiny")
    #expect(all.map(\.positiveFindings) == [[.edema], [], [], []])
    #expect(all.map(\.ageYears) == [1.0 / 3, nil, 81, 81])
    #expect(all[0].sex == .female && all[0].race == .asian && all[1].view == .lateral)
    let unknown = #expect(throws: CatalogError.self) {
      try catalog.splitCandidates(dataset: "tiny", cohort: "adult")
    }
    #expect(unknown?.message.contains("did you mean adults?") == true)
    let empty = #expect(throws: CatalogError.self) {
      try catalog.splitCandidates(dataset: "tiny", cohort: "nobody")
    }
    #expect(empty?.code == .invalidContent)
  }

  @Test("A removed split takes its thresholds along, removed predictions theirs")
  func removal() throws {
    try add(["a.png": "train"])
    _ = try catalog.addPredictionRun(
      CatalogFixture.run(catalog, scores: ["a.png": 0.5]), dataset: "tiny",
      provenance: CatalogFixture.provenance)
    try add(["a.png": "train"], name: "t")
    let threshold = Threshold(
      label: "Edema", value: 0.5, rule: "r", source: "s", split: "s", part: "train")
    _ = try catalog.setThresholds(
      [threshold], dataset: "tiny", model: "m", provenance: CatalogFixture.provenance)
    let provenance = CatalogFixture.provenance
    #expect(try catalog.removeSplit("t", dataset: "tiny", provenance: provenance) == 0)
    #expect(try catalog.thresholds(dataset: "tiny", model: "m").map(\.label) == ["Edema"])
    #expect(try catalog.removeSplit("s", dataset: "tiny", provenance: provenance) == 1)
    #expect(try catalog.thresholds(dataset: "tiny", model: "m").isEmpty)
    #expect(throws: CatalogError.self) {
      try catalog.removeSplit("s", dataset: "tiny", provenance: provenance)
    }
    try catalog.removePredictionRun("m", dataset: "tiny", provenance: provenance)
    #expect(try catalog.info().datasets[0].runs.isEmpty)
    #expect(throws: CatalogError.self) {
      try catalog.removePredictionRun("m", dataset: "tiny", provenance: provenance)
    }
    #expect(try catalog.verify().allSatisfy(\.isPassed))
  }
}
