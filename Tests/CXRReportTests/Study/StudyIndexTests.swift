// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@testable import CXRReport

@Suite("Index of a study")
struct StudyIndexTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Is read from its file or its folder as it was written")
  func roundTrip() throws {
    let file = folder.url.appending(path: StudyIndex.fileName)
    try SimulatedTestSets.index.write(to: file)
    #expect(try StudyIndex(contentsOf: file) == SimulatedTestSets.index)
    #expect(try StudyIndex(contentsOf: folder.url) == SimulatedTestSets.index)
  }

  @Test("Needs only what has no default")
  func minimal() throws {
    let file = folder.url.appending(path: StudyIndex.fileName)
    try Data(
      #"""
      {"format": 1, "name": "n", "title": "t", "labels": ["Edema"], "baseArm": "a",
       "arms": [{"name": "a", "strategy": "s", "label": "A", "model": "m", "isHeadline": true}],
       "testSets": [{"dataset": "d", "label": "D", "role": "external", "groups": []}],
       "statistics": {}}
      """#.utf8
    ).write(to: file)
    #expect(try StudyIndex(contentsOf: file).base.model == "m")
  }

  @Test("Of several seeds the first is in the main tables")
  func headline() {
    var index = SimulatedTestSets.index
    var again = index.arms[0]
    (again.name, again.model, again.seed) = ("real-2", "real-2", 2)
    index.arms.append(again)
    #expect(index.headlineArms.map(\.name) == ["real", "pretrained"])
    #expect(StudyPart.seeds.missingReason(index, StudyMaterial()) == nil)
  }

  @Test("Refuses what contradicts itself, naming the field")
  func refuses() {
    let changes: [(String, (inout StudyIndex) -> Void)] = [
      ("format", { $0.format = 2 }), ("arms.model", { $0.arms[1].model = "real" }),
      ("arms.name", { $0.arms[1].name = "real" }), ("baseArm", { $0.baseArm = "half" }),
      ("share", { $0.arms[0].realShare = 1.5 }), ("split", { $0.testSets[0].split = "s" }),
      ("labels", { $0.labels = ["Edema", "Edema"] }), ("testSets", { $0.testSets = [] }),
    ]
    for (word, change) in changes {
      var index = SimulatedTestSets.index
      change(&index)
      let error = #expect(throws: ReportError.self) { try index.validate() }
      #expect(error?.code == .badIndex && error?.message.contains(word) == true)
    }
  }
}
