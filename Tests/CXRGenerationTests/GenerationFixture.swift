// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRFiles
import CXRTestSupport
import Foundation

@testable import CXRGeneration

/// A catalog with made-up radiographs and balanced prompts, and runs over them.
struct GenerationFixture {
  static let provenance = Provenance(
    verb: "test", commandLine: "cxr test", startedAt: "2026-01-01T00:00:00Z")

  let folder: TemporaryFolder

  /// Writes a catalog of ten radiographs of five patients, with eight prompts for each.
  init() throws {
    folder = try TemporaryFolder()
    try Self.fill(Catalog(path: path))
  }

  var path: String { folder.path("catalog.sqlite") }

  func catalog() throws -> Catalog { try Catalog(path: path, access: .update) }

  static let sourceContent: DatasetContent = {
    var content = DatasetContent(
      name: "real", title: "Real", labelSource: "l", ageSource: "a", contentDigest: "1",
      nativeLabels: [],
      patients: (0..<5).map {
        PatientRecord(
          patientKey: "p\($0)", sex: Sex.allCases[$0 % 2], race: Race.allCases[$0 % 4])
      },
      radiographs: (0..<10).map { number in
        var states = FindingStates(allAre: .negative)
        states[.edema] = LabelState.allCases[number % 5]
        states[.noFinding] = number % 2 == 0 ? .positive : .unmentioned
        var radiograph = RadiographRecord(
          imageName: "r\(number).png", patientIndex: number / 2, view: number == 3 ? .ap : .pa,
          findings: states)
        radiograph.studyKey = "s\(number)"
        radiograph.ageYears = Double(20 + 7 * number) + 0.5
        return radiograph
      })
    content.nativeLabels = []
    return content
  }()

  static func fill(_ catalog: Catalog) throws {
    _ = try catalog.replaceDataset(sourceContent, provenance: provenance)
    try addPrompts(to: catalog)
  }

  static func addPrompts(
    to catalog: Catalog, name: String = "balanced", races: [Race] = Race.allCases
  ) throws {
    let ids = try catalog.radiographIDs(dataset: "real")
    let prompts = (0..<10).flatMap { number in
      Sex.allCases.flatMap { sex in
        races.map { race in
          let age = 20 + 7 * number
          let word = sex == .female ? "female" : "male"
          return PromptRecord(
            radiographID: ids["r\(number).png"] ?? 0,
            variation: (sex == .female ? 0 : 4) + (Race.allCases.firstIndex(of: race) ?? 0),
            sex: sex, race: race, ageYears: age, impression: "Clear \(number).",
            text: "\(age) year old \(race.rawValue.uppercased()) \(word). Clear \(number).",
            tokenCount: nil, shortening: "none", removedText: "")
        }
      }
    }
    _ = try catalog.addPromptSet(
      PromptSetContent(
        name: name, template: "t", optionsJSON: "{}", contentDigest: "d-\(name)", prompts: prompts),
      provenance: provenance)
  }

  func session(
    _ generator: some ImageGenerator = DrawnGenerator(), judges: [any Judge] = [PixelJudge()],
    in images: String = "images-of-run", change: (inout GenerationSettings) -> Void = { _ in }
  ) throws -> GenerationSession {
    var settings = GenerationSettings(name: "run", promptSet: "balanced")
    settings.seed = 7
    change(&settings)
    return try GenerationSession(
      settings, folder: folder.path(images), catalog: catalog(), generator: generator,
      judges: judges)
  }

  /// What identifies a process with the number of this one that began at another time.
  var deadOwner: String {
    var parts = ProcessIdentity.current().split(separator: "/").map(String.init)
    parts[3] = "1"
    return (parts + ["former"]).joined(separator: "/")
  }

  /// Writes what a process leaves that is killed while it writes a file.
  @discardableResult
  func leavePart(of path: String, by owner: String) throws -> String {
    let part = "\(path).\(PartFiles.tag(of: owner)).part"
    try FileManager.default.createDirectory(
      atPath: URL(filePath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: part))
    return part
  }

  /// The SHA-256 of every file below the folder of the run, by path.
  func files(in images: String = "images-of-run") throws -> [String: String] {
    var files: [String: String] = [:]
    let walk = try FolderWalk(path: folder.path(images))
    while let path = try walk.next() {
      files[path] = try FileDigest(path: "\(folder.path(images))/\(path)").sha256
    }
    return files
  }

  func log() throws -> String {
    let file = try OutputFile(path: folder.path("log.jsonl"))
    try GenerationLog.forEachLine(of: "run", in: catalog()) { try file.write($0) }
    try file.finish()
    return try String(contentsOfFile: folder.path("log.jsonl"), encoding: .utf8)
  }
}
