// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@testable import CXRIngest

@Suite("MIMIC-CXR through its descriptor")
struct DescriptorMIMICTests {
  let fixture: DescriptorFixture

  static let findings =
    "Atelectasis,Cardiomegaly,Consolidation,Edema,Enlarged Cardiomediastinum,Fracture,"
    + "Lung Lesion,Lung Opacity,No Finding,Pleural Effusion,Pleural Other,Pneumonia,Pneumothorax,"
    + "Support Devices"

  init() throws {
    fixture = try DescriptorFixture()
    try fixture.write(
      """
      dicom_id,subject_id,study_id,PerformedProcedureStepDescription,ViewPosition,Rows,Columns,\
      StudyDate,StudyTime,ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,\
      PatientOrientationCodeSequence_CodeMeaning
      a1,10000001,50000001,CHEST (PA AND LAT),PA,3056,2544,21800506,80556.875,,postero-anterior,Erect
      a2,10000001,50000001,CHEST (PA AND LAT),LL,3056,2544,21800506,5.0,,lateral,Erect
      b1,10000002,50000002,CHEST (PA AND LAT),,3056,2544,21790101,235959,,Postero-Anterior,
      b2,10000002,50000003,DECUB,PA LLD,3056,2544,21690101,0,,postero-anterior,
      c1,10000003,50000004,CHEST,AP,3056,2544,21900101,120000,,postero-anterior,
      d1,10000004,50000005,CHEST,PA,3056,2544,21000101,120000,,,
      e1,10000005,50000006,CHEST,SIDEWAYS,3056,2544,21800101,120000,,,Floating

      """, to: "mimic-cxr-2.0.0-metadata.csv")
    try fixture.write(
      """
      subject_id,study_id,\(Self.findings)
      10000001,50000001,1.0,0.0,-1.0,,,,,,,,,,,
      10000002,50000002,,,,,,,,,,,,,,
      10000003,50000004,,,,,,,,,1.0,,,,,
      10000004,50000005,,,,,,,,,,1.0,,,,

      """, to: "mimic-cxr-2.0.0-chexpert.csv")
    try writePatients()
    try writeAdmissions("race")
  }

  private func writePatients() throws {
    try fixture.write(
      """
      subject_id,gender,anchor_age,anchor_year,anchor_year_group,dod
      10000001,F,60,2178,2008 - 2010,
      10000002,M,91,2180,2008 - 2010,
      10000003,F,88,2180,2008 - 2010,
      10000004,M,20,2180,2008 - 2010,

      """, to: "hosp/patients.csv")
  }

  private func writeAdmissions(_ header: String) throws {
    try fixture.write(
      """
      subject_id,hadm_id,\(header)
      10000001,1,UNKNOWN
      10000001,2,WHITE - RUSSIAN
      10000002,3,BLACK/AFRICAN AMERICAN
      10000002,4,ASIAN - CHINESE
      10000003,5,SOUTH AMERICAN
      10000004,6,PORTUGUESE

      """, to: "hosp/admissions.csv")
  }

  @Test("Puts back the leading zeros that the time of the study has lost")
  func studyTime() throws {
    let dataset = try fixture.read("mimic-cxr")
    #expect(dataset["a1"]?.acquiredAt == "2180-05-06T08:05:56.875")
    #expect(dataset["a2"]?.acquiredAt == "2180-05-06T00:00:05")
    #expect(dataset["b2"]?.acquiredAt == "2169-01-01T00:00:00")
  }

  @Test("Compares views whole: PA LLD is decubitus, not PA")
  func decubitus() throws {
    let dataset = try fixture.read("mimic-cxr")
    #expect(dataset["b2"]?.view == .other)
    #expect(dataset["b2"]?.nativeView == "PA LLD")
    #expect(dataset["a1"]?.view == .pa && dataset["a2"]?.view == .lateral)
  }

  @Test("Asks the view code in any case where the view is blank, and only there")
  func viewCode() throws {
    let dataset = try fixture.read("mimic-cxr")
    #expect(dataset["b1"]?.view == .pa && dataset["b1"]?.viewSource == .inferred)
    #expect(dataset["c1"]?.view == .ap && dataset["c1"]?.viewSource == .declared)
    #expect(dataset["d1"]?.view == .pa)
  }

  @Test("Moves the anchor age to the year of the study, before or after it, up to the cap")
  func ages() throws {
    let dataset = try fixture.read("mimic-cxr")
    #expect(dataset["a1"]?.ageYears == 62 && dataset["a1"]?.recordedAgeYears == 60)
    #expect(dataset["a1"]?.ageIsTopCoded == false)
    #expect(dataset["b1"]?.ageYears == 90 && dataset["b1"]?.ageIsTopCoded == true)
    #expect(dataset["b2"]?.ageYears == 80)
    #expect(dataset["c1"]?.ageYears == 91 && dataset["c1"]?.ageIsTopCoded == true)
    #expect(dataset["d1"]?.ageYears == nil)
    #expect(dataset.count("age-negative") == 1)
    #expect(dataset["e1"]?.ageYears == nil && dataset.count("age-missing") == 1)
  }

  @Test("Takes the anchor age as it is on request")
  func anchorAge() throws {
    let dataset = try fixture.read("mimic-cxr", ["age": "anchor"])
    #expect(dataset["a1"]?.ageYears == 60 && dataset["d1"]?.ageYears == 20)
  }

  @Test("Reads the race under its newer and its older name", arguments: ["race", "ethnicity"])
  func raceHeader(_ header: String) throws {
    try writeAdmissions(header)
    #expect(try fixture.read("mimic-cxr").patient("a1")?.race == .white)
  }

  @Test("Knows the race only where one group remains; the first admission counts on request")
  func conflicts() throws {
    let dataset = try fixture.read("mimic-cxr")
    #expect(dataset.patient("b1")?.race == nil)
    #expect(dataset.patient("b1")?.nativeRace == "BLACK/AFRICAN AMERICAN | ASIAN - CHINESE")
    #expect(dataset.count("race-conflict") == 1 && dataset.count("race-missing") == 1)
    let first = try fixture.read("mimic-cxr", ["race": "first-admission"])
    #expect(first.patient("b1")?.race == .black)
    #expect(first.patient("a1")?.race == nil)
  }

  @Test("Counts South Americans and Portuguese to a group only on request")
  func ambiguousRaces() throws {
    let usual = try fixture.read("mimic-cxr")
    #expect(usual.patient("c1")?.race == nil && usual.patient("d1")?.race == nil)
    #expect(usual.count("race-unknown") == 0)
    let choice = try fixture.read("mimic-cxr", ["ambiguous": "south-american"])
    #expect(choice.patient("c1")?.race == .hispanic && choice.patient("d1")?.race == nil)
    let other = try fixture.read("mimic-cxr", ["ambiguous": "portuguese"])
    #expect(other.patient("d1")?.race == .white && other.patient("c1")?.race == nil)
    let both = try fixture.read("mimic-cxr", ["ambiguous": "both"])
    #expect(both.patient("c1")?.race == .hispanic && both.patient("d1")?.race == .white)
  }

  @Test("Tells a study that the labels lack from one of which they say nothing")
  func labels() throws {
    let dataset = try fixture.read("mimic-cxr")
    #expect(dataset.state(.atelectasis, "a2") == .positive)
    #expect(dataset.state(.cardiomegaly, "a1") == .negative)
    #expect(dataset.state(.consolidation, "a1") == .uncertain)
    #expect(dataset.state(.edema, "a1") == .unmentioned)
    #expect(dataset.state(.edema, "b1") == .unmentioned)
    #expect(dataset.count("label-blank") == 3)
    #expect(dataset.state(.atelectasis, "b2") == .unannotated)
  }

  @Test("Keeps and counts words that it does not know")
  func unknownWords() throws {
    let dataset = try fixture.read("mimic-cxr")
    #expect(dataset["e1"]?.view == .other && dataset.count("view-unknown") == 1)
    #expect(dataset.count("attribute-unknown") == 1)
    #expect(dataset["e1"]?.attributes.contains { $0.value == "Floating" } == true)
  }
}
