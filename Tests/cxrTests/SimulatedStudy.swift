// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

/// A simulated dataset with two models' predictions and thresholds, in a catalog of its own.
struct SimulatedStudy {
  let folder: TemporaryFolder
  let program: Program

  /// Makes the dataset and runs the verbs up to the thresholds.
  init(patientCount: Int = 250) throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
    let steps = [
      ["phantom", "--only", "nih", "--out", ".", "--patients", "\(patientCount)", "--seed", "3"],
      ["ingest", "nih", "--root", "nih"],
      ["predictions", "import", "nih/predictions-a.csv", "--dataset", "nih", "--model", "a"],
      ["predictions", "import", "nih/predictions-b.csv", "--dataset", "nih", "--model", "b"],
      ["split", "create", "--dataset", "nih", "--name", "half", "--test-size", "0.5"],
      ["thresholds", "select", "--model", "a", "--split", "half:train"],
      ["thresholds", "select", "--model", "b", "--split", "half:train"],
    ]
    for step in steps {
      let outcome = try program.run(step)
      try #require(outcome.status == 0, "\(step): \(outcome.messages)")
    }
  }

  /// The size of the catalog's write-ahead log.
  var logSize: Int {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: folder.path("cxr.sqlite-wal"))
    return attributes?[.size] as? Int ?? 0
  }

  /// The bytes of the catalog; its write-ahead log is folded in when a command ends.
  func catalogBytes() throws -> Data {
    try Data(contentsOf: folder.url.appending(path: "cxr.sqlite"))
  }
}
