// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@testable import CXRIngest

@Suite("CheXpert through its descriptor")
struct DescriptorCheXpertTests {
  let fixture: DescriptorFixture

  static let findings =
    "No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,Edema,"
    + "Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,"
    + "Support Devices"
  static let header = "Path,Sex,Age,Frontal/Lateral,AP/PA,\(findings)\n"
  static let blanks = String(repeating: ",", count: 14)

  init() throws {
    fixture = try DescriptorFixture()
    try write(root: "CheXpert-v1.0-small")
  }

  private func write(root: String) throws {
    func row(_ path: String, _ cells: String, _ labels: String = Self.blanks) -> String {
      "\(root)/train/\(path),\(cells)\(labels)\n"
    }
    try fixture.write(
      Self.header
        + row("patient00001/study2/view1_frontal.jpg", "Female,68,Frontal,PA")
        + row(
          "patient00001/study1/view1_frontal.jpg", "Female,67,Frontal,AP",
          ",1.0,,,,,,,,,0.0,-1.0,,,1.0")
        + row("patient00001/study1/view2_lateral.jpg", "Female,67,Lateral,")
        + row("patient00002/study1/view1_frontal.jpg", "Unknown,0,Frontal,PA")
        + row("patient00003/study1/view1_frontal.jpg", "Male,90,Frontal,LL")
        + row("patient00003/study1/view2_frontal.jpg", "Male,90,Frontal,PA"), to: "train.csv")
    try fixture.write(
      Self.header
        + "\(root)/valid/patient64541/study1/view1_frontal.jpg,Male,73,Frontal,AP"
        + String(repeating: ",0.0", count: 14) + "\n", to: "valid.csv")
    try fixture.write(
      """
      PATIENT,GENDER,AGE_AT_CXR,PRIMARY_RACE,ETHNICITY
      patient00001,Female,67,"White, non-Hispanic ", Non-Hispanic/Non-Latino
      patient00002,Unknown,0,"White, Hispanic",Unknown
      patient00003,Male,90, White ,Hispanic/Latino 
      patient64541,Male,73,Martian,Unknown

      """, to: "CHEXPERT DEMO.csv")
  }

  @Test("Drops the first component of paths, whatever the release", arguments: ["", "-small"])
  func roots(_ suffix: String) throws {
    try write(root: "CheXpert-v1.0\(suffix)")
    let image = "train/patient00001/study2/view1_frontal.jpg"
    let radiograph = try fixture.read("chexpert")[image]
    #expect(radiograph?.studyKey == "patient00001/study2")
    #expect(radiograph?.relativePath == image)
  }

  @Test("Keeps a sex Unknown and an age 0 as unknown, and marks age 90 as top-coded")
  func traits() throws {
    let dataset = try fixture.read("chexpert")
    let unknown = "train/patient00002/study1/view1_frontal.jpg"
    #expect(dataset.patient(unknown)?.sex == nil)
    #expect(dataset.patient(unknown)?.nativeSex == "Unknown")
    #expect(dataset[unknown]?.ageYears == nil && dataset.count("age-unknown") == 1)
    #expect(dataset.count("sex-unrecorded") == 1 && dataset.count("sex-unknown") == 0)
    let old = "train/patient00003/study1/view2_frontal.jpg"
    #expect(dataset[old]?.ageYears == 90 && dataset[old]?.ageIsTopCoded == true)
    #expect(
      dataset["train/patient00001/study2/view1_frontal.jpg"]?.ageIsTopCoded == false)
  }

  @Test("Drops frontal radiographs with a lateral code, and counts them")
  func lateralCode() throws {
    let dataset = try fixture.read("chexpert")
    #expect(dataset["train/patient00003/study1/view1_frontal.jpg"] == nil)
    #expect(dataset.step("dropped: frontal with a lateral AP/PA code") == 1)
    #expect(dataset["train/patient00001/study1/view2_lateral.jpg"]?.view == .lateral)
    #expect(dataset.content.radiographs.count == 6)
  }

  @Test("Tells White, non-Hispanic from White, Hispanic, and trims the cells")
  func races() throws {
    let dataset = try fixture.read("chexpert")
    #expect(dataset.patient("train/patient00001/study2/view1_frontal.jpg")?.race == .white)
    #expect(dataset.patient("train/patient00002/study1/view1_frontal.jpg")?.race == .hispanic)
    #expect(dataset.patient("train/patient00003/study1/view2_frontal.jpg")?.race == .hispanic)
    #expect(dataset.patient("valid/patient64541/study1/view1_frontal.jpg")?.race == nil)
    #expect(dataset.diagnostics.contains { $0.message.contains("race Martian") })
    let primary = try fixture.read("chexpert", ["race": "primary-only"])
    #expect(primary.patient("train/patient00002/study1/view1_frontal.jpg")?.race == .white)
  }

  @Test("Reads labels by name with their states, and the split from the path")
  func labels() throws {
    let dataset = try fixture.read("chexpert")
    let image = "train/patient00001/study1/view1_frontal.jpg"
    #expect(dataset.state(.noFinding, image) == .positive)
    #expect(dataset.state(.pneumothorax, image) == .negative)
    #expect(dataset.state(.pleuralEffusion, image) == .uncertain)
    #expect(dataset.state(.edema, image) == .unmentioned)
    let parts = dataset.content.splits.first?.partByImageName
    #expect(parts?[image] == "train")
    #expect(parts?["valid/patient64541/study1/view1_frontal.jpg"] == "valid")
  }
}
