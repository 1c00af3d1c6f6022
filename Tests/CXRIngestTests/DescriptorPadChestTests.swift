// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@testable import CXRIngest

@Suite("PadChest through its descriptor")
struct DescriptorPadChestTests {
  let fixture: DescriptorFixture

  init() throws { fixture = try DescriptorFixture() }

  /// The columns that are read, after others or in another order.
  static let header =
    ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,PatientSex_DICOM,"
    + "ViewPosition_DICOM,Projection,MethodProjection,Pediatric,Rows_DICOM,Columns_DICOM,"
    + "MethodLabel,Labels"

  /// A record of an image with some of its cells given.
  static func row(
    _ image: String, labels: String, projection: String = "PA",
    position: String = "POSTEROANTERIOR",
    birth: String = "1953.0", folder: String = "0.0", pediatric: String = "No"
  ) -> String {
    "7,\(image),\(folder),20140915,31013,31014,\(birth),M,\(position),\(projection),"
      + "Manual review of DICOM fields,\(pediatric),2500,2048,Physician,\"\(labels)\"\n"
  }

  private func read(
    _ rows: String..., choices: [String: String] = [:]
  ) throws -> ReadDataset {
    try fixture.write(
      Self.header + "\n" + rows.joined(),
      to: "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv")
    return try fixture.read("padchest", choices)
  }

  @Test("Reads lists as Python and NumPy print them")
  func lists() throws {
    let dataset = try read(
      Self.row("a.png", labels: "[]"), Self.row("b.png", labels: ""),
      Self.row("c.png", labels: "[' hemidiaphragm elevation', 'COPD signs', 'copd  signs', '']"),
      Self.row("d.png", labels: "[['cardiomegaly'], ['pleural effusion', 'normal']]"),
      Self.row("e.png", labels: "['cardiomegaly' 'pneumonia'\n 'pneumothorax']"),
      Self.row("f.png", labels: "no list"))
    #expect(dataset.labels("a.png") == [] && dataset.state(.edema, "a.png") == .unmentioned)
    #expect(dataset.state(.edema, "b.png") == .unmentioned && dataset.count("label-missing") == 1)
    #expect(dataset.labels("c.png") == ["hemidiaphragm elevation", "COPD signs"])
    #expect(dataset.state(.edema, "c.png") == .negative)
    #expect(dataset.labels("d.png") == ["cardiomegaly", "pleural effusion", "normal"])
    #expect(dataset.labels("e.png") == ["cardiomegaly", "pneumonia", "pneumothorax"])
    #expect(dataset.count("label-list-unreadable") == 1)
  }

  @Test("Takes normal as No Finding only where it stands alone, and unchanged as no answer")
  func metaLabels() throws {
    let dataset = try read(
      Self.row("a.png", labels: "['normal']"),
      Self.row("b.png", labels: "['normal', 'cardiomegaly']"),
      Self.row("c.png", labels: "['unchanged']"),
      Self.row("d.png", labels: "['unchanged', 'cardiomegaly']"))
    #expect(dataset.state(.noFinding, "a.png") == .positive)
    #expect(dataset.state(.noFinding, "b.png") == .negative)
    #expect(dataset.state(.cardiomegaly, "b.png") == .positive)
    #expect(dataset.state(.cardiomegaly, "c.png") == .unmentioned)
    #expect(dataset.state(.cardiomegaly, "d.png") == .positive)
    #expect(dataset.state(.edema, "d.png") == .negative)
    #expect(dataset.state(.supportDevices, "d.png") == .negative)
  }

  @Test("Drops excluded and corrupt images by reason, keeps children with an attribute")
  func exclusions() throws {
    let corrupt = try #require(
      try DatasetDescriptor.builtIn("padchest").exclusions.lazy.flatMap(\.images).min())
    let dataset = try read(
      Self.row("a.png", labels: "['exclude']"), Self.row(corrupt, labels: "['normal']"),
      Self.row("b.png", labels: "['normal']", projection: "EXCLUDE"),
      Self.row("c.png", labels: "['normal']", birth: "2010.0", pediatric: "PED"))
    #expect(dataset.content.radiographs.map(\.imageName) == ["c.png"])
    #expect(dataset.step("dropped: label exclude") == 1)
    #expect(dataset.step("dropped: known corrupt image") == 1)
    #expect(dataset.step("dropped: projection EXCLUDE") == 1)
    #expect(dataset["c.png"]?.attributes.first { $0.name == "pediatric" }?.value == "PED")
    #expect(dataset["c.png"]?.ageYears == 4)
  }

  @Test("Derives the age at the study's year; as published, at 2017, on request")
  func ages() throws {
    let row = Self.row("a.png", labels: "['normal']")
    let blank = Self.row("b.png", labels: "['normal']", birth: "")
    #expect(try read(row, blank)["a.png"]?.ageYears == 61)
    #expect(try read(row, blank)["b.png"]?.ageYears == nil)
    #expect(try read(row, choices: ["age": "published-2017"])["a.png"]?.ageYears == 64)
  }

  @Test("Lets the curated projection win over the DICOM tag")
  func views() throws {
    let dataset = try read(
      Self.row("a.png", labels: "[]", projection: "AP_horizontal", position: "PA"),
      Self.row("b.png", labels: "[]", projection: "", position: "POSTEROANTERIOR"),
      Self.row("c.png", labels: "[]", projection: "COSTAL", position: "PA"),
      Self.row("d.png", labels: "[]", projection: "L", position: "None"))
    #expect(dataset["a.png"]?.view == .apSupine)
    #expect(dataset["b.png"]?.view == .pa && dataset["b.png"]?.viewSource == .inferred)
    #expect(dataset["c.png"]?.view == .other && dataset.count("view-unknown") == 0)
    #expect(dataset["d.png"]?.view == .lateral)
  }

  @Test("Matches terms whole; as parts of others, with all their traps, on request")
  func substrings() throws {
    let rows = [
      Self.row("a.png", labels: "['abnormal foreign body']"),
      Self.row("b.png", labels: "['pericardial effusion']"),
      Self.row("c.png", labels: "['empyema', 'normal']"),
    ].joined()
    let whole = try read(rows)
    #expect(whole.state(.noFinding, "a.png") == .negative)
    #expect(whole.state(.pleuralEffusion, "b.png") == .negative)
    #expect(whole.state(.pleuralEffusion, "c.png") == .positive)
    let parts = try read(rows, choices: ["labels": "substring"])
    #expect(parts.state(.noFinding, "a.png") == .positive)
    #expect(parts.state(.pleuralEffusion, "b.png") == .positive)
    #expect(parts.state(.pleuralEffusion, "c.png") == .negative)
    #expect(parts.state(.noFinding, "c.png") == .positive)
    #expect(parts.state(.fracture, "a.png") == .unannotated)
  }

  @Test("Binds columns by name in a copy with another order, and writes folder 0.0 as 0")
  func otherOrder() throws {
    try fixture.write(
      "PatientID,Unnamed: 0,ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientBirth,"
        + "PatientSex_DICOM,ViewPosition_DICOM,Projection,MethodProjection,Pediatric,Rows_DICOM,"
        + "Columns_DICOM,MethodLabel,Labels\n"
        + "300000000000000000000000000000000000000000001,3,x.png,0.0,20110101,"
        + "200000000000000000000000000000000001,1950.0,F,LATERAL,PA,resnet-50.t7,No,10,20,RNN_model,"
        + "['pneumonia']\n", to: "PADCHEST_chest_x_ray_images_labels_160K.csv")
    let dataset = try fixture.read("padchest")
    #expect(dataset["x.png"]?.relativePath == "0/x.png")
    #expect(
      dataset.patient("x.png")?.patientKey == "300000000000000000000000000000000000000000001")
    #expect(dataset["x.png"]?.widthPixels == 20)
    #expect(dataset.state(.pneumonia, "x.png") == .positive)
  }

  @Test("Keeps, counts and reports terms that are not in the tree")
  func unknownTerms() throws {
    let dataset = try read(Self.row("a.png", labels: "['cardiomegally', 'pneumonia']"))
    #expect(dataset.labels("a.png") == ["cardiomegally", "pneumonia"])
    #expect(dataset.state(.cardiomegaly, "a.png") == .negative)
    #expect(dataset.diagnostics.contains { $0.message.contains("the nearest is cardiomegaly") })
  }
}
