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
}
