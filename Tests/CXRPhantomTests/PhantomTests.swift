// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFiles
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("Phantom")
struct PhantomTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The digests of every file below a folder, by relative path.
  private func digests(_ name: String) throws -> [String: String] {
    let root = folder.path(name)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    return try paths.reduce(into: [:]) { digests, path in
      guard !FileManager.default.isFolder("\(root)/\(path)") else { return }
      digests[path] = try FileDigest(path: "\(root)/\(path)").sha256
    }
  }

  @Test(
    "The same seed writes the same bytes, another seed others", arguments: PhantomDataset.allCases)
  func isAFunctionOfTheSeed(_ dataset: PhantomDataset) throws {
    for (name, seed) in [("a", 3), ("b", 3), ("c", 4)] as [(String, UInt64)] {
      _ = try Phantom(size: .patients(45), seed: seed).write(to: folder.path(name), only: [dataset])
    }
    let first = try digests("a")
    #expect(first.count > 2)
    #expect(try digests("b") == first)
    let table = "truth/\(dataset.rawValue).csv"
    #expect(try digests("c")[table] != first[table])
  }

  @Test("Is written over an earlier phantom, never over other files")
  func keepsForeignFiles() throws {
    let phantom = Phantom(size: .patients(20), seed: 1)
    _ = try phantom.write(to: folder.path("own"), only: [.nih])
    _ = try phantom.write(to: folder.path("own"), only: [.nih])
    let foreign = folder.path("data/nih/Data_Entry_2017_v2020.csv")
    try FileManager.default.createDirectory(
      atPath: folder.path("data/nih"), withIntermediateDirectories: true)
    try Data("real".utf8).write(to: URL(filePath: foreign))
    let error = #expect(throws: FileError.self) {
      try phantom.write(to: folder.path("data"), only: [.nih])
    }
    #expect(error?.code == .unwritable)
    #expect(try Data(contentsOf: URL(filePath: foreign)) == Data("real".utf8))
    #expect(!FileManager.default.fileExists(atPath: folder.path("data/truth")))
  }

  @Test("A phantom without a list of its files is not written over")
  func refusesUnlisted() throws {
    let phantom = Phantom(size: .patients(20), seed: 1)
    _ = try phantom.write(to: folder.path("own"), only: [.nih])
    let list = folder.path("own/truth/nih-files.txt")
    try FileManager.default.removeItem(atPath: list)
    let before = try digests("own")
    let error = #expect(throws: FileError.self) {
      try phantom.write(to: folder.path("own"), only: [.nih])
    }
    #expect(error?.code == .unwritable && error?.message.contains("remove this one") == true)
    // Another dataset beside it is no trouble.
    _ = try phantom.write(to: folder.path("own"), only: [.padchest])
    #expect(try digests("own")["nih/BBox_List_2017.csv"] == before["nih/BBox_List_2017.csv"])
  }

  @Test(
    "A list that leads elsewhere removes nothing", arguments: ["../x", "/x", "a//x", "a/../../x"])
  func refusesForeignLists(_ line: String) throws {
    let phantom = Phantom(size: .patients(20), seed: 1)
    _ = try phantom.write(to: folder.path("own"), only: [.nih])
    try folder.write("kept", to: "own/x")
    let before = try digests("own")
    try folder.write("BBox_List_2017.csv\n\(line)\n", to: "own/truth/nih-files.txt")
    let error = #expect(throws: FileError.self) {
      try phantom.write(to: folder.path("own"), only: [.nih])
    }
    #expect(error?.code == .malformed && error?.message.contains("nih-files.txt:2") == true)
    #expect(try digests("own")["x"] == before["x"])
    #expect(try digests("own")["nih/BBox_List_2017.csv"] != nil)
  }

  @Test("A smaller phantom leaves nothing of a larger one", arguments: PhantomDataset.allCases)
  func leavesNothingBehind(_ dataset: PhantomDataset) throws {
    var layout = PhantomLayout()
    (layout.reports, layout.demographics) = (.folder, .text)
    _ = try Phantom(size: .patients(40), seed: 1, layout: layout).write(
      to: folder.path("a"), only: [dataset])
    for name in ["a", "b"] {
      _ = try Phantom(size: .patients(25), seed: 2).write(to: folder.path(name), only: [dataset])
    }
    #expect(try digests("a") == digests("b"))
    let folders = try ["a", "b"].map {
      try Set(FileManager.default.subpathsOfDirectory(atPath: folder.path($0)))
    }
    #expect(folders[0] == folders[1], "no empty folder stays")
  }

  @Test("More patients leave the others as they are", arguments: PhantomDataset.allCases)
  func isStableUnderGrowth(_ dataset: PhantomDataset) throws {
    var rows: [Set<[String]>] = []
    for count in [30, 40] {
      _ = try Phantom(size: .patients(count), seed: 3).write(
        to: folder.path("\(count)"), only: [dataset])
      rows.append(
        Set(try WrittenTable(folder.path("\(count)/truth/\(dataset.rawValue).csv")).rows))
    }
    #expect(rows[0].isSubset(of: rows[1]) && rows[0].count < rows[1].count)
  }

  @Test(
    "The truth's table and counts agree, and images are in order",
    arguments: PhantomDataset.allCases)
  func truthAgreesWithItself(_ dataset: PhantomDataset) throws {
    let written = try Phantom(size: .patients(250), seed: 5).write(
      to: folder.url.path, only: [dataset])
    let truth = try #require(written[dataset])
    let table = try WrittenTable(folder.path("truth/\(dataset.rawValue).csv"))
    #expect(
      table.header == ["imageName", "patient", "study", "sex", "race", "ageYears", "view"]
        + Finding.allCases.map(\.name))
    let names = table["imageName"]
    #expect(names == names.sorted() && Set(names).count == names.count)
    #expect(names.count == truth.radiographCount)
    #expect(Set(table["patient"]).count == truth.patientCount)
    #expect(Set(table["study"]).subtracting([""]).count == truth.studyCount)
    #expect(table["view"].counts == truth.radiographsByView)
    #expect(table["ageYears"].count(where: \.isEmpty) == truth.unknownAgeCount)
    #expect(
      table["race"].map { $0.isEmpty ? "unknown" : $0 }.counts == truth.radiographsByRace)
    for finding in Finding.allCases {
      let states = table[finding.name].counts
      #expect(states["positive"] ?? 0 == truth.positivesByFinding[finding.name] ?? 0)
      #expect(states["uncertain"] ?? 0 == truth.uncertainByFinding[finding.name] ?? 0)
      #expect(states.keys.allSatisfy { word in LabelState.allCases.contains { $0.word == word } })
    }
    #expect(truth.quirks.allSatisfy { $0.count > 0 }, "\(truth.quirks.filter { $0.count == 0 })")
    let json = try Data(contentsOf: URL(filePath: folder.path("truth/truth.json")))
    #expect(try JSONDecoder().decode(PhantomTruth.self, from: json) == written)
  }

  @Test("The published numbers of radiographs are those of the datasets' papers")
  func publishedCounts() {
    let counts = PhantomDataset.allCases.map(\.publishedRadiographCount)
    #expect(counts == [377_110, 223_414 + 234, 223_462, 112_120, 160_861, 18_000])
  }

  @Test("At the published size NIH has 112,120 radiographs of 30,805 patients")
  func publishedNIH() {
    let phantom = NIHPhantom(publishedSizeWithSeed: 2)
    #expect(phantom.radiographCount == 112_120)
    #expect(phantom.patientCount == 30_805)
  }

  @Test("A phantom of no patients is a mistake of the caller")
  func refusesNoPatients() async {
    await #expect(processExitsWith: .failure) { _ = Phantom(size: .patients(0)) }
  }

  @Test("Reports a folder that cannot be made")
  func refusesAFile() throws {
    try folder.write("", to: "file")
    let error = #expect(throws: FileError.self) {
      _ = try Phantom(size: .patients(1)).write(to: folder.path("file"))
    }
    #expect(error?.code == .unwritable)
  }
}

extension FileManager {
  /// Whether a path names a folder.
  func isFolder(_ path: String) -> Bool {
    (try? URL(filePath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
  }
}
