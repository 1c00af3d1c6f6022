// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("cxr study report")
struct StudyReportCommandTests {
  private static let index = """
    {
      "format": 1, "name": "small", "title": "Small", "labels": ["Edema", "No Finding"],
      "arms": [
        {"name": "a", "strategy": "a", "label": "A", "model": "a", "isHeadline": true}
      ],
      "baseArm": "a",
      "testSets": [
        {"dataset": "nih", "label": "NIH", "role": "external", "split": "half", "part": "test",
          "groups": ["sex"]}
      ],
      "statistics": {"resamples": 10, "policy": "u-zeros"}
    }
    """

  let study: SimulatedStudy

  init() throws {
    study = try SimulatedStudy(patientCount: 60)
    try FileManager.default.createDirectory(
      atPath: study.folder.path("made"), withIntermediateDirectories: true)
    try study.folder.write(Self.index, to: "made/study.json")
  }

  @Test("It takes the catalog beside the index before that of the environment")
  func ownCatalog() throws {
    let environment = ["CXR_CATALOG": "none.sqlite"]
    let arguments = ["study", "report", "made", "--dry-run"]
    let without = try study.program.run(arguments, environment: environment)
    #expect(without.status == 66, "\(without.messages)")
    try FileManager.default.copyItem(
      atPath: study.folder.path("cxr.sqlite"), toPath: study.folder.path("made/study.sqlite"))
    let with = try study.program.run(arguments, environment: environment)
    #expect(with.status == 0, "\(with.messages)")
    #expect(with.output.contains("Mean AUROC"))
  }

  @Test("A catalog that is asked for goes before the one beside the index")
  func namedCatalog() throws {
    try FileManager.default.copyItem(
      atPath: study.folder.path("cxr.sqlite"), toPath: study.folder.path("made/study.sqlite"))
    let outcome = try study.program.run(
      "study", "report", "made", "--dry-run", "--catalog", "none.sqlite")
    #expect(outcome.status == 66, "\(outcome.messages)")
    #expect(outcome.messages.contains("none.sqlite"))
  }
}
