// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@testable import CXRIngest

@Suite("Kermany's radiographs through their descriptor")
struct DescriptorKermanyTests {
  let fixture: DescriptorFixture

  init() throws {
    fixture = try DescriptorFixture()
    for name in [
      "train/NORMAL/IM-0115-0001.jpeg", "train/NORMAL/IM-0115-0002.jpeg",
      "train/NORMAL/NORMAL2-IM-0115-0001.jpeg", "train/PNEUMONIA/person1_bacteria_1.jpeg",
      "train/PNEUMONIA/person1_virus_7.jpeg", "val/PNEUMONIA/person1_bacteria_9.jpeg",
      "test/PNEUMONIA/person1_virus_7.jpeg", "test/NORMAL/IM-0001-0001.jpeg",
      // Not listed: the second copy in the archive, remains of a Mac, notes.
      "chest_xray/train/NORMAL/IM-0115-0001.jpeg", "train/NORMAL/.DS_Store",
      "train/NORMAL/._IM-0115-0001.jpeg", "train/notes.txt",
    ] {
      try fixture.write("", to: name)
    }
  }

  @Test("Folders say label and part; a radiograph of one folder is known not to be of the other")
  func labels() throws {
    let data = try fixture.read("kermany")
    #expect(data.content.radiographs.count == 8)
    let normal = "train/NORMAL/IM-0115-0001.jpeg"
    let pneumonia = "test/PNEUMONIA/person1_virus_7.jpeg"
    #expect(data.state(.noFinding, normal) == .positive)
    #expect(data.state(.pneumonia, normal) == .negative)
    #expect(data.state(.pneumonia, pneumonia) == .positive)
    #expect(data.state(.noFinding, pneumonia) == .negative)
    #expect(data[normal]?.findings[.edema] == .unannotated)
    #expect(data[normal]?.view == .ap)
    #expect(data[normal]?.relativePath == normal)
    let split = try #require(data.content.splits.first)
    #expect(split.partByImageName[normal] == "train" && split.partByImageName[pneumonia] == "test")
    #expect(split.partByImageName.values.count { $0 == "val" } == 1)
  }

  @Test("A patient is a number within a folder; across train and val on request, never with test")
  func patients() throws {
    func keys(_ choices: [String: String]) throws -> [String?] {
      let data = try fixture.read("kermany", choices)
      return [
        "train/PNEUMONIA/person1_bacteria_1.jpeg", "train/PNEUMONIA/person1_virus_7.jpeg",
        "val/PNEUMONIA/person1_bacteria_9.jpeg", "test/PNEUMONIA/person1_virus_7.jpeg",
        "train/NORMAL/IM-0115-0002.jpeg", "train/NORMAL/NORMAL2-IM-0115-0001.jpeg",
      ].map { data.patient($0)?.patientKey }
    }
    #expect(
      try keys([:]) == [
        "train/PNEUMONIA/person1", "train/PNEUMONIA/person1", "val/PNEUMONIA/person1",
        "test/PNEUMONIA/person1", "train/NORMAL/IM-0115", "train/NORMAL/NORMAL2-IM-0115",
      ])
    #expect(
      try keys(["patients": "across"]) == [
        "person1", "person1", "person1", "test/PNEUMONIA/person1", "IM-0115", "NORMAL2-IM-0115",
      ])
  }

  @Test("A name without a number is told by its place in the folder")
  func oddName() throws {
    try fixture.write("", to: "train/NORMAL/photo.jpeg")
    let error = #expect(throws: IngestError.self) { try fixture.read("kermany") }
    #expect(error?.code == .badRecord && error?.message.contains("train:4: the patient") == true)
  }

  @Test("The digest of a folder is of names and sizes, and not of when files were copied")
  func digest() throws {
    let rule = try #require(try DatasetDescriptor.builtIn("kermany", choices: [:]).tables.first)
    func digest() throws -> String? {
      let root = try DatasetFolder(path: fixture.folder.url.path)
      return try LocatedTable(rule, in: root, replacement: nil)?.sources().first?.sha256
    }
    let before = try #require(try digest())
    let picture = "train/NORMAL/IM-0115-0001.jpeg"
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)],
      ofItemAtPath: fixture.folder.path(picture))
    #expect(try digest() == before)
    try fixture.write("longer", to: picture)
    #expect(try digest() != before)
  }

  @Test("A folder that is no dataset is told with what was looked for")
  func wrongFolder() throws {
    let empty = try DescriptorFixture()
    let error = #expect(throws: IngestError.self) { try empty.read("kermany") }
    #expect(error?.code == .missingInput && error?.message.contains("train, val, test") == true)
  }
}
