// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("Headers of the phantom", .enabled(if: Shared.isPresent))
struct PhantomHeaderTests {
  /// A file's facts in the reference material.
  struct Reference: Decodable {
    let header: String?
  }

  /// The file that was written, and the key of its facts.
  static let files = [
    ("mimic-cxr/mimic-cxr-2.0.0-metadata.csv.gz", "mimic-cxr-2.0.0-metadata.csv.gz"),
    ("mimic-cxr/mimic-cxr-2.0.0-split.csv.gz", "mimic-cxr-2.0.0-split.csv.gz"),
    ("mimic-cxr/mimic-cxr-2.0.0-chexpert.csv.gz", "mimic-cxr-2.0.0-chexpert.csv.gz"),
    ("mimic-cxr/mimic-cxr-2.0.0-negbio.csv.gz", "mimic-cxr-2.0.0-negbio.csv.gz"),
    ("mimic-cxr/cxr-record-list.csv.gz", "cxr-record-list.csv.gz"),
    ("mimic-cxr/cxr-study-list.csv.gz", "cxr-study-list.csv.gz"),
    ("mimic-cxr/mimic-iv/hosp/patients.csv.gz", "patients.csv.gz"),
    ("mimic-cxr/mimic-iv/hosp/admissions.csv.gz", "admissions.csv.gz (MIMIC-IV >=2.2)"),
    ("chexpert/train.csv", "train.csv (CheXpert)"), ("chexpert/valid.csv", "valid.csv (CheXpert)"),
    ("chexpert/chexpert_patients.csv", "CHEXPERT DEMO.xlsx"),
    ("chexpert-plus/df_chexpert_plus_240401.csv", "df_chexpert_plus_240401.csv"),
    ("nih/Data_Entry_2017.csv", "Data_Entry_2017.csv"),
    ("nih/Data_Entry_2017_v2020.csv", "Data_Entry_2017_v2020.csv"),
    ("nih/BBox_List_2017.csv", "BBox_List_2017.csv"),
    (
      "padchest/PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv",
      "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv"
    ),
    ("vindr-cxr/annotations/image_labels_train.csv", "image_labels_train.csv (VinDr)"),
    ("vindr-cxr/annotations/image_labels_test.csv", "image_labels_test.csv (VinDr)"),
    ("vindr-cxr/annotations/annotations_train.csv", "annotations_train.csv (VinDr)"),
    ("vindr-cxr/annotations/annotations_test.csv", "annotations_test.csv (VinDr)"),
    ("vindr-cxr/vindr-kaggle/train.csv", "vinbigdata train.csv (Kaggle)"),
  ]

  @Test("Every table begins with the official header, to the letter")
  func headersAreOfficial() throws {
    let folder = try TemporaryFolder()
    var layout = PhantomLayout()
    layout.demographics = .text
    _ = try Phantom(size: .patients(3), seed: 1, layout: layout).write(to: folder.url.path)
    let references = try JSONDecoder().decode(
      [String: Reference].self, from: Data(contentsOf: Shared.url("reference/headers.json")))
    for (file, key) in Self.files {
      let header = try #require(references[key]?.header, "\(key)")
      let reader = try CSVReader(path: folder.path(file))
      var record = TableRecord()
      try #require(try reader.read(into: &record))
      #expect(record.strings.joined(separator: ",") == header, "\(file)")
    }
  }

  @Test("What has an official header is written, and the hand-labelled test set has its own names")
  func everyFileIsCovered() throws {
    let references = try JSONDecoder().decode(
      [String: Reference].self, from: Data(contentsOf: Shared.url("reference/headers.json")))
    #expect(
      Set(references.keys).subtracting(Self.files.map(\.1))
        == ["mimic-cxr-2.1.0-test-set-labeled.csv"])
  }
}
