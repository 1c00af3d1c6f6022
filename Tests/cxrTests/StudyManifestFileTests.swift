// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("Studies of the repository")
struct StudyManifestFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "manifests/studies")

  @Test(
    "Each is correct, and expands into stages down to the report",
    arguments: ["phantom", "roentgen-v2", "synthetic-xray"])
  func check(_ name: String) throws {
    let folder = try TemporaryFolder()
    let path = Self.folder.appending(path: "\(name).yaml").path
    let outcome = try Program(folder: folder.url).run("study", "check", path)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.messages)")
  }

  @Test("A value that an option does not know is told with its line and what there is")
  func unknownValue() throws {
    let folder = try TemporaryFolder()
    let study = try String(
      contentsOf: Self.folder.appending(path: "phantom.yaml"), encoding: .utf8
    ).replacing("only: [mimic-cxr]", with: "only: [mimic]")
    try folder.write(study, to: "study.yaml")
    let outcome = try Program(folder: folder.url).run("study", "check", "study.yaml")
    #expect(outcome.status == 65)
    let message = outcome.messages.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(message.contains("study.yaml:14: phantom-home: The value 'mimic' is invalid"))
    #expect(message.contains("one of the following: mimic-cxr, chexpert"))
  }
}
