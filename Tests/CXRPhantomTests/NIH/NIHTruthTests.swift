// SPDX-License-Identifier: Apache-2.0
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("Truth of the NIH phantom")
struct NIHTruthTests {
  let folder: TemporaryFolder
  let truth: DatasetTruth

  init() throws {
    folder = try TemporaryFolder()
    truth = try #require(
      try Phantom(size: .patients(300), seed: 5).write(to: folder.url.path, only: [.nih])[.nih])
  }

  private func rows(_ name: String) throws -> [[String]] {
    try String(contentsOfFile: folder.path("nih/\(name)"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test("The quirks are as many as the files show")
  func quirks() throws {
    let count = { (name: String) in truth.count(ofQuirk: name) }
    let older = try rows("Data_Entry_2017.csv")
    let newer = Dictionary(
      uniqueKeysWithValues: try rows("Data_Entry_2017_v2020.csv").map { ($0[0], $0) })
    #expect(count("ageInMonths") == older.count { $0[4].hasSuffix("M") })
    #expect(count("ageInDays") == older.count { $0[4].hasSuffix("D") })
    #expect(
      count("ageTooHigh")
        == older.count { $0[4].hasSuffix("Y") && Int($0[4].dropLast()) ?? 0 > 120 })
    #expect(
      count("ageDiffers")
        == older.count { row in
          !row[4].hasSuffix("Y") || Int(row[4].dropLast()) != Int(newer[row[0]]?[4] ?? "")
        })
    #expect(count("ageZero") == newer.values.count { $0[4] == "0" })
    #expect(
      count("followUpDiffers")
        == newer.values.count { Int($0[2]) != Int($0[0].dropFirst(9).prefix(3)) })
    #expect(count("labelsDiffer") == older.count { newer[$0[0]]?[1] != $0[1] })
    #expect(
      count("infiltrateInBoxes") == (try rows("BBox_List_2017.csv").count { $0[1] == "Infiltrate" })
    )
    let bytes = try Data(contentsOf: URL(filePath: folder.path("nih/Data_Entry_2017.csv")))
    #expect(count("carriageReturns") == bytes.count { $0 == 13 })
  }

  @Test("The truth has the labels and ages of the 2020 release and the parts of the lists")
  func followsTheNewerRelease() throws {
    let newer = Dictionary(
      uniqueKeysWithValues: try rows("Data_Entry_2017_v2020.csv").map { ($0[0], $0) })
    for row in try WrittenTable(folder.path("truth/nih.csv")).records {
      let cells = try #require(newer[row["imageName"] ?? ""])
      let labels = Set(cells[1].split(separator: "|").map(String.init))
      #expect((row["Pleural Effusion"] == "positive") == labels.contains("Effusion"))
      #expect((row["Lung Lesion"] == "positive") == !labels.isDisjoint(with: ["Nodule", "Mass"]))
      #expect(row["Pleural Other"] == "unannotated" && row["study"] == "")
      #expect(row["ageYears"] == cells[4] && row["view"] == cells[6] && row["sex"] == cells[5])
    }
    let test = try String(contentsOfFile: folder.path("nih/test_list.txt"), encoding: .utf8)
    #expect(truth.radiographsByPart["test"] == test.split(separator: "\n").count)
  }
}
