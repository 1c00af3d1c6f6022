// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRGeneration
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

  @Test("A distance takes value, numbers of images and convention from a document of scores")
  func distances() {
    func comparison(_ fid: Double?) -> CheckpointComparison {
      CheckpointComparison(
        promptSet: "p", promptCount: 40, store: "s", measures: [.fid],
        scores: [
          CheckpointScore(
            "normal", imageCount: 40, values: fid.map { [.fid: $0] } ?? [:],
            reasons: fid == nil ? [.fid: "one image has no covariance"] : [:])
        ], real: CheckpointScore("real images", imageCount: 39, values: [:]), choice: nil,
        memorization: [], memorizationReference: "", conventions: ["FID": "by some network"],
        sources: [], resampling: (0, 1), notes: [])
    }
    var distance = StudyIndex.Distance(
      label: "Normal", metric: "FID", path: "score.json", publishedAs: "normal"
    ).filled(from: comparison(61.5))
    #expect(distance.value == 61.5 && distance.generatedCount == 40 && distance.realCount == 39)
    #expect(distance.note == "by some network" && distance.publishedAs == "normal")
    #expect(distance.filled(from: comparison(nil)).value == nil)
    #expect(distance.filled(from: comparison(nil)).note == "one image has no covariance")
    distance.metric = "KID"
    #expect(distance.filled(from: comparison(1)).note == "score.json has no KID")
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
