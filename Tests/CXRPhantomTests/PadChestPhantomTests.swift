// SPDX-License-Identifier: Apache-2.0
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("PadChest phantom")
struct PadChestPhantomTests {
  let folder: TemporaryFolder
  let truth: DatasetTruth
  let table: WrittenTable

  init() throws {
    folder = try TemporaryFolder()
    let written = try Phantom(size: .patients(400), seed: 5).write(
      to: folder.url.path, only: [.padchest])
    truth = try #require(written[.padchest])
    table = try WrittenTable(
      folder.path("padchest/PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv"))
  }

  private func count(_ quirk: String) -> Int? { truth.count(ofQuirk: quirk) }

  /// The items between single quotes, as they stand.
  private static func items(_ cell: String) -> [String] {
    cell.matches(of: /'([^']*)'/).map { String($0.1) }
  }

  private static func folded(_ items: [String]) -> [String] {
    items.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
  }

  @Test("The quirks of the rows are as many as the table shows")
  func rowQuirks() {
    let rows = table.records
    let blank = rows.filter { $0["Projection"] == "" }
    #expect(count("projectionExclude") == rows.count { $0["Projection"] == "EXCLUDE" })
    #expect(count("projectionBlank") == blank.count { $0["ViewPosition_DICOM"] != "" })
    #expect(count("projectionAndPositionBlank") == blank.count { $0["ViewPosition_DICOM"] == "" })
    #expect(count("folderDecimal") == rows.count { $0["ImageDir"]?.hasSuffix(".0") == true })
    #expect(
      count("longImageIdentifier")
        == rows.count { $0["ImageID"]?.wholeMatch(of: /\d{45}_\d\d-\d{3}-\d{3}\.png/) != nil })
    let shapes = /\d{45}_\d\d-\d{3}-\d{3}\.png|\d{39}_[a-z0-9]{6}\.png/
    #expect(rows.allSatisfy { $0["ImageID"]?.wholeMatch(of: shapes) != nil })
    #expect(
      count("windowScientific") == rows.count { $0["WindowCenter_DICOM"]?.contains("e") == true })
    #expect(count("noneWords") == rows.count { $0["XRayTubeCurrent_DICOM"] == "None" })
    let usual = [
      "PA": ["POSTEROANTERIOR", "PA"], "L": ["LATERAL", "LL"], "AP": ["ANTEROPOSTERIOR", "AP"],
      "AP_horizontal": ["AP"], "COSTAL": [""],
    ]
    #expect(
      count("positionDiffers")
        == rows.count { row in
          usual[row["Projection"] ?? ""]?.contains(row["ViewPosition_DICOM"] ?? "") == false
        })
  }

  @Test("The quirks of the labels are as many as the table shows")
  func labelQuirks() {
    let cells = table["Labels"]
    let lists = cells.map(Self.items)
    let folded = lists.map(Self.folded)
    #expect(count("labelsNull") == cells.count(where: \.isEmpty))
    #expect(count("labelsEmptyList") == cells.count { $0 == "[]" })
    #expect(count("labelExclude") == folded.count { $0.contains("exclude") })
    #expect(count("labelsOnlyUnchanged") == folded.count { $0 == ["unchanged"] })
    #expect(count("labelLeadingSpace") == lists.count { $0.contains { $0.hasPrefix(" ") } })
    #expect(count("labelEmptyItem") == lists.count { $0.contains("") })
    #expect(count("labelRepeated") == folded.count { Set($0).count < $0.count })
    #expect(
      count("labelCapitals") == lists.count { $0.contains { $0 != $0.lowercased() } })
    #expect(
      count("normalBesideOthers")
        == folded.count { $0.contains("normal") && Set($0).subtracting(["normal", ""]).count > 0 })
    let traps: Set = [
      "pericardial effusion", "breast mass", "soft tissue mass", "mediastinal mass",
      "pleural mass", "pseudonodule", "subcutaneous emphysema", "tuberculosis",
      "tuberculosis sequelae", "abnormal foreign body",
    ]
    #expect(count("substringTrap") == folded.count { !traps.isDisjoint(with: $0) })
    #expect(count("conceptsWrapped") == table["labelCUIS"].count { $0.contains("\n") })
    #expect(
      count("normalSentence")
        == zip(table["LabelsLocalizationsBySentence"], folded).count {
          $0.hasSuffix("['normal']]") && !Set($1).isSubset(of: ["normal", "", "unchanged"])
        })
  }

  @Test("Findings follow from the exact labels, and dropped rows are dropped")
  func findings() throws {
    let byImage = Dictionary(
      uniqueKeysWithValues: zip(table["ImageID"], table["Labels"]).map {
        ($0, Set(Self.folded(Self.items($1))).subtracting([""]))
      })
    let isNull = Dictionary(
      uniqueKeysWithValues: zip(table["ImageID"], table["Labels"].map(\.isEmpty)))
    let rows = try WrittenTable(folder.path("truth/padchest.csv")).records
    #expect(rows.count == table.rows.count - truth.droppedByReason.values.reduce(0, +))
    for row in rows {
      let labels = try #require(byImage[row["imageName"] ?? ""])
      guard isNull[row["imageName"] ?? ""] == false, labels != ["unchanged"] else {
        #expect(row["Pneumonia"] == "unmentioned" && row["No Finding"] == "unmentioned")
        continue
      }
      #expect((row["No Finding"] == "positive") == (labels == ["normal"]))
      #expect((row["Cardiomegaly"] == "positive") == labels.contains("cardiomegaly"))
      let effusions: Set = [
        "pleural effusion", "loculated pleural effusion", "loculated fissural effusion",
        "hydropneumothorax", "empyema", "hemothorax",
      ]
      #expect((row["Pleural Effusion"] == "positive") == !labels.isDisjoint(with: effusions))
      #expect(!labels.contains("exclude"))
    }
  }

  @Test("The quirks of the patients are as many as the table shows")
  func patientQuirks() {
    let byPatient = Dictionary(grouping: table.records) { $0["PatientID"] ?? "" }
      .values.compactMap(\.first)
    for (quirk, word) in [("sexOther", "O"), ("sexNone", "None"), ("sexBlank", "")] {
      #expect(count(quirk) == byPatient.count { $0["PatientSex_DICOM"] == word })
    }
    let births = byPatient.map { $0["PatientBirth"] ?? "" }
    #expect(count("birthBlank") == births.count(where: \.isEmpty))
    #expect(count("birthTooEarly") == births.count { $0 == "1880.0" })
    #expect(count("birthAfterStudy") == births.count { $0 == "2030.0" })
    #expect(count("pediatric") == byPatient.count { $0["Pediatric"] == "PED" })
  }

  @Test("Sizes of identifiers and dates are those of the official file")
  func shapes() {
    for row in table.records {
      #expect(row["PatientID"]?.wholeMatch(of: /\d{39}/) != nil)
      #expect(row["StudyID"]?.wholeMatch(of: /\d{39}/) != nil)
      #expect(row["StudyDate_DICOM"]?.wholeMatch(of: /20(09|1\d)\d{4}/) != nil)
    }
  }
}
