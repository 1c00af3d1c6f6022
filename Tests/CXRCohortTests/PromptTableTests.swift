// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import Foundation
import Testing

@Suite("Prompts in files")
struct PromptTableTests {
  /// The bytes of two variations of one radiograph, and one that lacks everything.
  private func text(
    _ format: PromptFormat, _ images: PromptImages = .source, second: String = "c.dcm"
  ) throws -> String {
    let catalog = try Catalog.inMemory()
    var findings = FindingStates(allAre: .negative)
    findings[.edema] = .positive
    findings[.pneumonia] = .positive
    var radiographs = ["dir/A.b.PNG", second].map {
      RadiographRecord(imageName: $0, patientIndex: 0, view: .pa, findings: findings)
    }
    radiographs[0].relativePath = "x/dir/A.b.PNG"
    let provenance = Provenance(verb: "t", commandLine: "t", startedAt: "2026-01-01T00:00:00Z")
    _ = try catalog.replaceDataset(
      DatasetContent(
        name: "d", title: "D", labelSource: "", ageSource: "", contentDigest: "1",
        nativeLabels: [], patients: [PatientRecord(patientKey: "p", sex: .male)],
        radiographs: radiographs),
      provenance: provenance)
    let ids = try catalog.radiographIDs(dataset: "d")
    let prompts = [("dir/A.b.PNG", 0), ("dir/A.b.PNG", 9), (second, 0)].map { image, variation in
      PromptRecord(
        radiographID: ids[image] ?? 0, variation: variation,
        sex: image == second ? nil : .female, race: image == second ? nil : .black,
        ageYears: image == second ? nil : 63, impression: "Say \"x\", y.",
        text: "63\tyear. Say \"x\", y.", tokenCount: nil, shortening: "none", removedText: "")
    }
    _ = try catalog.addPromptSet(
      PromptSetContent(
        name: "p", template: "", optionsJSON: "{}", contentDigest: "1", prompts: prompts),
      provenance: provenance)
    var table = PromptTable(format: format, images: images)
    try catalog.forEachPrompt(of: "p") {
      try table.append($0)
      return true
    }
    return String(decoding: table.bytes, as: UTF8.self)
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("The published scripts find one row per identifier, with their columns and words")
  func published() throws {
    #expect(
      try text(.roentGen) == """
        dicom_id,prompt_variation,gender,anchor_age,race,impression_short
        dir_A.b_0,"63\tyear. Say ""x"", y.",F,63,BLACK,"Say ""x"", y."
        dir_A.b_9,"63\tyear. Say ""x"", y.",F,63,BLACK,"Say ""x"", y."
        c_0,"63\tyear. Say ""x"", y.",,,,"Say ""x"", y."

        """)
  }

  @Test("Image folders get file names of the source or of what is to be made")
  func huggingFace() throws {
    let source = try objects(text(.huggingFace))
    #expect(
      source.map { $0["file_name"] as? String } == ["x/dir/A.b.PNG", "x/dir/A.b.PNG", "c.dcm"])
    #expect(source[0]["labels"] as? [String] == ["Edema", "Pneumonia"])
    #expect(source[0]["text"] as? String == "63\tyear. Say \"x\", y.")
    #expect(source[2]["age"] is NSNull)
    let generated = try objects(text(.huggingFace, .generated))
    #expect(
      generated.map { $0["file_name"] as? String } == ["dir_A.b_0.png", "dir_A.b_9.png", "c_0.png"])
  }

  @Test("WebDataset lines have three fields, and keys without dots")
  func webDataset() throws {
    let lines = try text(.webDataset).split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(lines.map(\.count) == [3, 3, 3])
    #expect(lines.map(\.first) == ["dir_A_b_0", "dir_A_b_9", "c_0"])
    #expect(lines[0][2] == "63 year. Say \"x\", y.")
  }

  @Test("Tables and JSON Lines say the same")
  func full() throws {
    let objects = try objects(text(.jsonl))
    let lines = try text(.csv).split(separator: "\n")
    #expect(objects.count == 3 && lines.count == 4)
    #expect(lines[0].split(separator: ",").map { String($0) }.sorted() == objects[0].keys.sorted())
    #expect(objects[1]["variation"] as? Int == 9 && objects[1]["race"] as? String == "Black")
  }

  @Test("Two prompts of one identifier are refused")
  func ambiguous() {
    let error = #expect(throws: PromptError.self) { try text(.csv, second: "dir_A.b.jpg") }
    #expect(error?.code == .ambiguousName)
  }

  @Test("Names that differ in a dot only are refused where keys have none")
  func ambiguousKeys() throws {
    let error = #expect(throws: PromptError.self) { try text(.webDataset, second: "dir/A_b.png") }
    #expect(error?.code == .ambiguousName)
    #expect(try text(.csv, second: "dir/A_b.png").contains("dir_A_b_0"))
  }
}
