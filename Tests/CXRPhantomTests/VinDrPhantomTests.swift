// SPDX-License-Identifier: Apache-2.0
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("VinDr-CXR phantom")
struct VinDrPhantomTests {
  let folder: TemporaryFolder
  let truth: DatasetTruth
  let train: WrittenTable

  init() throws {
    folder = try TemporaryFolder()
    let written = try Phantom(size: .patients(150), seed: 5).write(
      to: folder.url.path, only: [.vindrCXR])
    truth = try #require(written[.vindrCXR])
    train = try WrittenTable(folder.path("vindr-cxr/annotations/image_labels_train.csv"))
  }

  /// The value of a text element of an explicit little-endian DICOM file, found by its bytes.
  private static func text(_ tag: [UInt8], _ type: String, in bytes: [UInt8]) -> String? {
    let start = tag + Array(type.utf8)
    guard let range = bytes.firstRange(of: start) else { return nil }
    let length = Int(bytes[range.upperBound]) + Int(bytes[range.upperBound + 1]) << 8
    let value = bytes[(range.upperBound + 2)..<(range.upperBound + 2 + length)]
    return String(decoding: value, as: UTF8.self).trimmingCharacters(in: .whitespaces)
  }

  /// The bytes of every DICOM file.
  private func files() throws -> [[UInt8]] {
    try ["train", "test"].flatMap { part in
      let path = folder.path("vindr-cxr/\(part)")
      return try FileManager.default.contentsOfDirectory(atPath: path).map { name in
        try #require(name.wholeMatch(of: /[0-9a-f]{32}\.dicom/) != nil)
        return try Array(Data(contentsOf: URL(filePath: "\(path)/\(name)")))
      }
    }
  }

  @Test("The quirks of the headers are as many as the files show")
  func headerQuirks() throws {
    let files = try files()
    #expect(files.count == truth.radiographCount)
    let sexes = files.map { Self.text([0x10, 0, 0x40, 0], "CS", in: $0) ?? "" }
    let ages = files.map { Self.text([0x10, 0, 0x10, 0x10], "AS", in: $0) ?? "" }
    #expect(truth.count(ofQuirk: "sexOther") == sexes.count { $0 == "O" })
    #expect(truth.count(ofQuirk: "sexBlank") == sexes.count(where: \.isEmpty))
    #expect(truth.count(ofQuirk: "ageZero") == ages.count { $0 == "000Y" })
    #expect(truth.count(ofQuirk: "ageBlank") == ages.count(where: \.isEmpty))
    #expect(truth.count(ofQuirk: "ageTooHigh") == ages.count { $0 == "238Y" })
    #expect(truth.radiographsBySex["F"] == sexes.count { $0 == "F" })
    let photometric = files.map { Self.text([0x28, 0, 4, 0], "CS", in: $0) }
    #expect(truth.count(ofQuirk: "monochrome1") == photometric.count { $0 == "MONOCHROME1" })
    let magic = Array("DICM".utf8)
    #expect(
      truth.count(ofQuirk: "metaHeaderMissing")
        == files.count { Array($0.dropFirst(128).prefix(4)) != magic })
  }

  @Test("Three different readers label every training image, and one or two may be outvoted")
  func votes() throws {
    let byImage = Dictionary(grouping: train.rows, by: \.[0])
    #expect(byImage.values.allSatisfy { $0.count == 3 && Set($0.map(\.[1])).count == 3 })
    let sums = byImage.values.flatMap { rows in
      (2..<train.header.count).map { column in rows.count { $0[column] == "1" } }
    }
    #expect(truth.count(ofQuirk: "outvotedReader") == sums.count { $0 == 1 })
    #expect(truth.count(ofQuirk: "outvotedMajority") == sums.count { $0 == 2 })
  }

  @Test("The truth follows the majority of readers and the consensus of the test part")
  func majority() throws {
    let test = try WrittenTable(folder.path("vindr-cxr/annotations/image_labels_test.csv"))
    let mapped = [
      "Cardiomegaly": ["Cardiomegaly"], "Lung Lesion": ["Nodule/Mass", "Lung tumor"],
      "Fracture": ["Clavicle fracture", "Rib fracture"], "Pleural Other": ["Pleural thickening"],
      "No Finding": ["No finding"],
    ]
    let trainRows = Dictionary(grouping: train.records) { $0["image_id"] ?? "" }
    let testRows = Dictionary(grouping: test.records) { $0["image_id"] ?? "" }
    for row in try WrittenTable(folder.path("truth/vindr-cxr.csv")).records {
      let name = row["imageName"] ?? ""
      let rows = trainRows[name] ?? testRows[name] ?? []
      for (finding, labels) in mapped.sorted(by: { $0.key < $1.key }) {
        let isPositive = labels.contains { label in
          rows.count { ["1", "1.0"].contains($0[label]) } * 2 > rows.count
        }
        #expect(row[finding] == (isPositive ? "positive" : "negative"))
      }
      #expect(row["Support Devices"] == "unannotated" && row["patient"] == name)
    }
    #expect(test.header.contains("Other disease") && !test.header.contains("Other diseases"))
  }

  @Test("The Kaggle table calls a reading without a box of its classes No finding")
  func kaggle() throws {
    let kaggle = try WrittenTable(folder.path("vindr-cxr/vindr-kaggle/train.csv"))
    let readings = Set(kaggle.rows.map { [$0[0], $0[3]] })
    #expect(readings == Set(train.rows.map { [$0[0], $0[1]] }))
    let none = kaggle.rows.filter { $0[1] == "No finding" }
    #expect(none.allSatisfy { $0[2] == "14" && $0.suffix(4).allSatisfy(\.isEmpty) })
    let noFinding = train.records.filter { $0["No finding"] == "1" }
    #expect(truth.count(ofQuirk: "kaggleMissesGlobal") == none.count - noFinding.count)
    for row in kaggle.rows where row[1] != "No finding" {
      let box = row.suffix(4).compactMap(Double.init)
      #expect(box.count == 4 && box[0] < box[2] && box[1] < box[3])
      #expect(box[2] <= 2_080 && box[3] <= 2_336)
    }
  }
}
