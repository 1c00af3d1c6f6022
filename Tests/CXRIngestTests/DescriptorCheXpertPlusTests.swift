// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@testable import CXRIngest

@Suite("CheXpert Plus through its descriptor")
struct DescriptorCheXpertPlusTests {
  let fixture: DescriptorFixture

  static let header =
    "path_to_image,path_to_dcm,frontal_lateral,ap_pa,deid_patient_id,patient_report_date_order,"
    + "report,section_narrative,section_clinical_history,section_history,section_comparison,"
    + "section_technique,section_procedure_comments,section_findings,section_impression,"
    + "section_end_of_impression,section_summary,section_accession_number,age,sex,race,ethnicity,"
    + "interpreter_needed,insurance_type,recent_bmi,deceased,split"

  init() throws {
    fixture = try DescriptorFixture()
    try write(index: nil)
    func labels(_ path: String, _ values: String) -> String {
      let others = Finding.allCases.filter { $0 != .edema && $0 != .fracture }
        .map { "\"\($0.name)\": null" }.joined(separator: ", ")
      return "{\"path_to_image\": \"\(path)\", \(values), \(others)}\n"
    }
    try fixture.write(
      labels(
        "train/patient00001/study1/view1_frontal.jpg", "\"Edema\": 1.0, \"Fracture\": -1.0")
        + labels(
          "train/patient00001/study1/view2_lateral.jpg", "\"Edema\": 0.0, \"Fracture\": null"),
      to: "chexbert_labels/impression_fixed.json")
  }

  private func write(index: String?) throws {
    // pandas writes a leading column of row numbers, mostly without a name.
    func row(_ number: Int, _ view: String, _ cells: String, _ impression: String) -> String {
      let path = "train/patient00001/study1/\(view)"
      return (index == nil ? "" : "\(number),")
        + "\(path).jpg,\(path).dcm,\(cells),patient00001,1,all,,,,,,,,\(impression),,,7,62.0,Female,"
        + "White,Non-Hispanic/Non-Latino,,,,,train\n"
    }
    try fixture.write(
      (index.map { $0 + "," } ?? "") + Self.header + "\n"
        + row(0, "view2_lateral", "Lateral,", "Another text")
        + row(1, "view1_frontal", "Frontal,PA", "\"Line one,\n said \"\"clear\"\".\""),
      to: "df_chexpert_plus_240401.csv")
  }

  static let frontal = "train/patient00001/study1/view1_frontal.jpg"
  static let lateral = "train/patient00001/study1/view2_lateral.jpg"

  @Test("Reads texts with line breaks and doubled quotes, of the first image where they differ")
  func reports() throws {
    let dataset = try fixture.read("chexpert-plus")
    #expect(dataset.content.reports.count == 1)
    #expect(dataset.content.reports.first?.studyKey == "patient00001/study1")
    #expect(dataset.content.reports.first?.sections.first?.text == "Line one, said \"clear\".")
    #expect(dataset.count("report-differs") == 1)
  }

  @Test("Binds columns by name beside a leading index column without a name")
  func indexColumn() throws {
    try write(index: "")
    let dataset = try fixture.read("chexpert-plus")
    #expect(dataset[Self.frontal]?.view == .pa && dataset[Self.lateral]?.view == .lateral)
    #expect(dataset[Self.frontal]?.relativePath?.hasSuffix("view1_frontal.png") == true)
  }

  @Test("Reads ages written as fractions, and labels of JSON Lines with null")
  func labels() throws {
    let dataset = try fixture.read("chexpert-plus")
    #expect(dataset[Self.frontal]?.ageYears == 62)
    #expect(dataset.state(.edema, Self.frontal) == .positive)
    #expect(dataset.state(.fracture, Self.frontal) == .uncertain)
    #expect(dataset.state(.edema, Self.lateral) == .negative)
    #expect(dataset.state(.fracture, Self.lateral) == .unmentioned)
    #expect(dataset.state(.pneumonia, Self.frontal) == .unmentioned)
    #expect(dataset.patient(Self.frontal)?.race == .white)
  }
}
