// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRIngest
import CXRTestSupport
import Testing

@Suite("NIH ingest")
struct NIHIngesterTests {
  let fixture: NIHFixture

  init() throws { fixture = try NIHFixture() }

  @Test("Reads either generation into the same shape", arguments: ["v2017", "v2020"])
  func generations(_ name: String) throws {
    try fixture.writeV2017()
    try fixture.writeV2020()
    let report = try fixture.ingest(["labels": name])
    #expect(report.outcome == .created)
    #expect(report.recordsRead == 4 && report.recordsKept == 4)
    #expect(try fixture.column("view") == ["PA", "AP", "PA", "PA"])
    #expect(try fixture.column("sex") == ["M", "M", "F", "F"])
    #expect(try fixture.column("patient").last == "00000003")
    #expect(try fixture.column("followUpNumber") == ["0", "1", "0", "0"])
    #expect(try fixture.column("widthPixels").first == "2682")
    let isOlder = name == "v2017"
    #expect(
      try fixture.column("ageYears")
        == (isOlder ? ["58", "58", "0.5", ""] : ["57", "58", "34", "81"]))
    #expect(report.diagnostics.contains { $0.code == "age-implausible" } == isOlder)
  }

  @Test("Prefers the newer generation and says which file was used")
  func preference() throws {
    try fixture.writeV2017()
    try fixture.writeV2020()
    let report = try fixture.ingest()
    #expect(
      report.diagnostics.first?.message.contains("labels are taken from Data_Entry_2017_v2020.csv")
        == true)
    #expect(try fixture.catalog.info().datasets.first?.labelSource == "Data_Entry_2017_v2020.csv")
  }

  @Test("Takes labels and ages from different generations, joined by image name")
  func mixedGenerations() throws {
    try fixture.writeV2017()
    try fixture.writeV2020()
    try fixture.ingest(["labels": "v2020", "age": "v2017"])
    #expect(try fixture.column("ageYears") == ["58", "58", "0.5", ""])
    #expect(try fixture.column("Pleural Effusion").first == "positive")
  }

  @Test("A warning about an age names the file and the line that the age came from")
  func agePlaces() throws {
    try fixture.writeV2017(
      NIHFixture.v2017.replacing("00000002_000.png,", with: "00000009_000.png,"))
    try fixture.writeV2020()
    let report = try fixture.ingest(["age": "v2017"])
    let implausible = report.diagnostics.filter { $0.code == "age-implausible" }
    #expect(implausible.map(\.file) == ["Data_Entry_2017.csv"] && implausible[0].line == 5)
    let missing = report.diagnostics.filter { $0.code == "age-missing" }
    #expect(missing.map(\.file) == ["Data_Entry_2017.csv"] && missing[0].line == nil)
  }

  @Test("Maps labels to findings and keeps what the dataset does not annotate apart")
  func findings() throws {
    try fixture.writeV2020()
    try fixture.ingest()
    let rows = try fixture.rows()
    #expect(rows.map { $0["Lung Lesion"] } == ["negative", "negative", "positive", "negative"])
    #expect(
      rows.map { $0["Pleural Effusion"] } == ["positive", "negative", "negative", "negative"])
    #expect(rows.map { $0["No Finding"] } == ["negative", "positive", "negative", "negative"])
    for name in ["Fracture", "Support Devices", "Lung Opacity", "Pleural Other"] {
      #expect(rows.allSatisfy { $0[name] == "unannotated" })
    }
    #expect(rows.map { $0["nativeLabels"] }.last == "Infiltration|Pleural_Thickening")
  }

  @Test("A second ingest of the same files changes nothing; other content keeps the ids")
  func idempotence() throws {
    try fixture.writeV2020()
    try fixture.ingest()
    let ids = try fixture.catalog.radiographIDs(dataset: "nih")
    #expect(try fixture.ingest().outcome == .unchanged)
    #expect(try fixture.catalog.info().provenance.count == 1)
    let changed = NIHFixture.v2020.split(separator: "\n").filter { !$0.contains("0002_000") }
      .joined(separator: "\n")
    try fixture.writeV2020(changed + "\n00000009_000.png,Mass,0,9,5,M,AP,1,1,0.1,0.1\n")
    #expect(throws: CatalogError.self) { try fixture.ingest() }
    var options = DatasetIngester.Options()
    options.conflictPolicy = .replace
    #expect(try fixture.ingest(options: options).outcome == .updated)
    let after = try fixture.catalog.radiographIDs(dataset: "nih")
    #expect(after["00000001_001.png"] == ids["00000001_001.png"])
    #expect(after["00000002_000.png"] == nil && after["00000009_000.png"] != nil)
    #expect(try fixture.catalog.info().datasets.first?.patientCount == 3)
    #expect(try fixture.catalog.verify().allSatisfy(\.isPassed))
  }

  @Test("Reads boxes and official lists that lie beside the metadata")
  func sideFiles() throws {
    try fixture.writeV2020()
    try fixture.folder.write(
      "Image Index,Finding Label,Bbox [x,y,w,h],,,\n00000003_000.png,Infiltrate,1.5,2,30,40\n"
        + "00000008_000.png,Mass,1,2,3,4\n", to: "BBox_List_2017.csv")
    try fixture.folder.write("00000001_000.png\n00000001_001.png\n", to: "train_val_list.txt")
    try fixture.folder.write("00000002_000.png\n00000003_000.png\n", to: "test_list.txt")
    let report = try fixture.ingest()
    #expect(try fixture.catalog.info().datasets.first?.boxCount == 1)
    #expect(report.diagnostics.contains { $0.code == "unknown-image" && $0.line == 3 })
    let split = try fixture.catalog.split("official", dataset: "nih")
    #expect(split.partByImageName["00000001_001.png"] == "train_val")
    #expect(split.partByImageName["00000003_000.png"] == "test")
  }

  @Test("Refuses official lists that share a patient, and leaves the catalog empty")
  func overlappingLists() throws {
    try fixture.writeV2020()
    try fixture.folder.write("00000001_000.png\n", to: "train_val_list.txt")
    try fixture.folder.write("00000001_001.png\n", to: "test_list.txt")
    let error = #expect(throws: CatalogError.self) { try fixture.ingest() }
    #expect(error?.message.contains("1 patient in parts") == true)
    #expect(try fixture.catalog.info().datasets.isEmpty)
  }

  @Test("Keeps and counts what it does not know")
  func unknownWords() throws {
    try fixture.writeV2020(
      NIHFixture.header + "\n"
        + "00000001_000.png,Efusion|Edema,0,1,57,X,LL,100,200,0.1,0.1\n"
        + "00000002_000.png,No Finding|Edema,0,2,abc,M,,100,x,0.1,-1\n"
        + "00000003_000.png,,5,3,130,M,PA,100,200,0.1,0.1\n")
    let report = try fixture.ingest()
    #expect(report.recordsKept == 3)
    #expect(
      Set(report.diagnostics.map(\.code)) == [
        "source", "sex-unknown", "view-unknown", "view-missing", "label-unknown",
        "no-finding-combined", "label-missing", "age-unreadable", "age-implausible",
        "size-unreadable", "spacing-unreadable", "follow-up-differs",
      ])
    #expect(report.diagnostics.contains { $0.message.contains("the nearest is Effusion") })
    #expect(try fixture.column("view") == ["other", "unknown", "PA"])
    #expect(try fixture.column("nativeView").first == "LL")
    #expect(try fixture.column("nativeLabels").first == "Edema|Efusion")
    #expect(try fixture.column("Edema") == ["positive", "positive", "unmentioned"])
  }

  @Test("Turns warnings into a failure on request")
  func strictness() throws {
    try fixture.writeV2017()
    let strict = BadRecordPolicy(strictness: .strict)
    let error = #expect(throws: IngestError.self) {
      try fixture.ingest(["labels": "v2017"], options: NIHFixture.options(strict))
    }
    #expect(error?.code == .warnings)
    #expect(error?.message.contains("Data_Entry_2017.csv:5") == true)
  }
}
