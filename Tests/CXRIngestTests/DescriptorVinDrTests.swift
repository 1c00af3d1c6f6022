// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@testable import CXRIngest

@Suite("VinDr-CXR through its descriptor")
struct DescriptorVinDrTests {
  let fixture: DescriptorFixture

  static let labels = [
    "Aortic enlargement", "Atelectasis", "Calcification", "Cardiomegaly", "Clavicle fracture",
    "Consolidation", "Edema", "Emphysema", "Enlarged PA", "ILD", "Infiltration", "Lung Opacity",
    "Lung cavity", "Lung cyst", "Mediastinal shift", "Nodule/Mass", "Pleural effusion",
    "Pleural thickening", "Pneumothorax", "Pulmonary fibrosis", "Rib fracture", "Other lesion",
    "COPD", "Lung tumor", "Pneumonia", "Tuberculosis",
  ]

  init() throws {
    fixture = try DescriptorFixture()
    let head = Self.labels.joined(separator: ",")
    try fixture.write(
      "image_id,rad_id,\(head),Other diseases,No finding\n"
        + Self.row("a", "R1", ["Cardiomegaly", "Rib fracture"])
        + Self.row("a", "R2", ["Cardiomegaly"])
        + Self.row("a", "R3", ["No finding", "ILD"])
        + Self.row("b", "R1", ["No finding"]) + Self.row("b", "R2", ["No finding"], one: "1.0"),
      to: "annotations/image_labels_train.csv")
    try fixture.write(
      "image_id,\(head),Other disease,No finding\n"
        + Self.row("t", nil, ["Other diseases", "Edema"])
        + Self.row("u", nil, ["No finding"]), to: "annotations/image_labels_test.csv")
    try fixture.write(
      "stem,PatientSex,PatientAge,Rows,Columns\na,O,000Y,3000,2500\nb,F,061Y,3000,2500\n"
        + "t,M,115Y,3000,2500\n", to: "headers.csv")
  }

  static func row(
    _ image: String, _ reader: String?, _ positive: [String], one: String = "1"
  ) -> String {
    let cells = (labels + ["Other diseases", "No finding"]).map {
      positive.contains($0) ? one : "0"
    }
    return ([image] + (reader.map { [$0] } ?? []) + cells).joined(separator: ",") + "\n"
  }

  /// The built-in descriptor with the headers of the images in a table instead of DICOM files.
  private func read(_ choices: [String: String] = [:]) throws -> ReadDataset {
    let text = try DatasetDescriptor.builtInText("vindr-cxr").replacing(
      "files: [train, test]\n    format: dicom", with: "file: headers.csv")
    return try fixture.read(
      DatasetDescriptor(yaml: text, fileName: "vindr-cxr.yaml", choices: choices))
  }

  @Test("Counts a label that two of three readers gave; any and all readers on request")
  func votes() throws {
    let majority = try read()
    #expect(majority.labels("a") == ["Cardiomegaly"])
    #expect(majority.state(.cardiomegaly, "a") == .positive)
    #expect(majority.state(.fracture, "a") == .negative)
    #expect(majority.state(.noFinding, "a") == .negative)
    #expect(majority.state(.supportDevices, "a") == .unannotated)
    let any = try read(["votes": "any"])
    #expect(any.labels("a") == ["Cardiomegaly", "ILD", "Rib fracture", "No finding"])
    #expect(try read(["votes": "all"]).labels("a") == [])
  }

  @Test("Reports images that have not the usual number of readers")
  func readerCounts() throws {
    let dataset = try read()
    #expect(dataset.count("reader-count") == 1)
    #expect(dataset.diagnostics.contains { $0.message.contains("images with 2 readers") })
    #expect(dataset.state(.noFinding, "b") == .positive)
  }

  @Test("Reads the test set, which has no readers and spells Other disease otherwise")
  func testSet() throws {
    let dataset = try read()
    #expect(dataset.labels("t") == ["Edema", "Other diseases"])
    #expect(dataset.state(.edema, "t") == .positive && dataset.state(.noFinding, "u") == .positive)
    #expect(dataset["t"]?.relativePath == "test/t.dicom" && dataset["t"]?.view == .pa)
    let column = dataset.diagnostics.filter { $0.code == "column-missing" }
    #expect(column.map(\.file) == ["image_labels_test.csv"] && column[0].severity == .note)
    #expect(
      column[0].message == "read without the column rad_id, which other files of the table have")
    let parts = dataset.content.splits.first?.partByImageName
    #expect(parts?["a"] == "train" && parts?["t"] == "test")
    #expect(dataset.content.patients.count == 4)
  }

  @Test("Keeps sex O, age 000Y and ages above 110 as unknown")
  func traits() throws {
    let dataset = try read()
    #expect(dataset.patient("a")?.sex == nil && dataset.patient("a")?.nativeSex == "O")
    #expect(dataset.count("sex-unrecorded") == 1)
    #expect(dataset["a"]?.ageYears == nil && dataset.count("age-unknown") == 1)
    #expect(dataset["b"]?.ageYears == 61 && dataset.patient("b")?.sex == .female)
    #expect(dataset["t"]?.ageYears == nil && dataset.count("age-implausible") == 1)
    #expect(dataset["u"]?.ageYears == nil && dataset.count("age-missing") == 1)
    #expect(dataset["a"]?.widthPixels == 2500)
  }

  @Test("Reads the Kaggle release: a record per reader and box, 15 labels")
  func kaggle() throws {
    try fixture.write(
      """
      image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max
      k,Cardiomegaly,3,R8,691,1375,1653,1831
      k,Cardiomegaly,3,R9,700,1370,1650,1830
      k,Aortic enlargement,0,R9,100,200,300,400
      k,No finding,14,R10,,,,
      n,No finding,14,R8,,,,
      n,No finding,14,R9,,,,
      n,No finding,14,R10,,,,

      """, to: "train.csv")
    let dataset = try read(["release": "kaggle"])
    #expect(dataset.labels("k") == ["Cardiomegaly"])
    #expect(dataset.state(.noFinding, "n") == .positive)
    #expect(dataset.state(.edema, "n") == .unannotated)
    #expect(dataset.state(.fracture, "n") == .unannotated)
    #expect(dataset.content.boxes.count == 3)
    #expect(dataset.content.boxes.first?.width == 962)
    #expect(dataset.content.splits.isEmpty)
  }
}
