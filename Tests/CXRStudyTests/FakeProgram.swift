// SPDX-License-Identifier: Apache-2.0
import CXRStudy
import CXRTestSupport
import Foundation

/// A study in a fresh folder, with a program that notes how it is called and makes what it is told to.
struct FakeProgram {
  let folder: TemporaryFolder
  let layout: StudyLayout

  init() throws {
    folder = try TemporaryFolder()
    layout = StudyLayout(folder: folder.path("study"))
    // It fails where a file `fail` names its verb, without a word where there is `mute`, and takes its time where `slow` does.
    try folder.write(
      """
      #!/bin/sh
      cd "\(folder.url.path)"
      echo "$*" >> calls
      if grep -qx "$1" fail 2>/dev/null; then
        [ -e mute ] || echo "fake: error: no luck"
        exit 65
      fi
      verb=$1 name=$3
      touch "$CXR_CATALOG"
      while [ $# -gt 0 ]; do
        if [ "$1" = --out ]; then
          case "$2" in *.svg) echo drawn > "$2" ;; *) mkdir -p "$2/best"; echo x >> "$2/run.json" ;; esac
        fi
        shift
      done
      if grep -qx "$verb" slow 2>/dev/null; then trap 'kill $!; exit 130' INT; sleep 60 & echo begun; wait; fi
      echo made "$name"
      """, to: "fake")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.path("fake"))
    try FileManager.default.createDirectory(
      atPath: folder.path("model"), withIntermediateDirectories: true)
    try folder.write("weights", to: "model/weights")
  }

  /// The stages of a manifest.
  func graph(_ yaml: String = SmallStudy.yaml) throws -> StageGraph {
    var study = try StudyManifest(
      yaml: yaml.replacing("model: model", with: "model: \(folder.path("model"))"),
      file: "small.yaml", vocabulary: .small)
    study.folder = layout.folder
    return try StageGraph(study)
  }

  /// Runs stages, and returns the first words of each call since the last time.
  @discardableResult
  func run(_ yaml: String = SmallStudy.yaml, only: [String]? = nil) async throws -> [String] {
    let graph = try graph(yaml)
    let runner = StudyRunner(graph, layout: layout, program: folder.path("fake"))
    let names = try only?.flatMap { try graph.names(matching: $0) }
    _ = try await runner.run(Set(names ?? graph.stages.map(\.name))) { _ in }
    return takeCalls()
  }

  /// The calls since the last time.
  func takeCalls() -> [String] {
    let text = (try? String(contentsOfFile: folder.path("calls"), encoding: .utf8)) ?? ""
    try? FileManager.default.removeItem(atPath: folder.path("calls"))
    return text.split(separator: "\n").map(String.init)
  }

  /// The status of each stage.
  func statuses(_ yaml: String = SmallStudy.yaml) throws -> [String: StageStatus] {
    let plan = try StagePlan(try graph(yaml), layout: layout)
    return Dictionary(uniqueKeysWithValues: plan.items.map { ($0.stage.name, $0.status) })
  }
}
