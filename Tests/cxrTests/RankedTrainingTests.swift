// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// Training as several ranks, which `mpirun` starts, on phantoms stored at 32².
@Suite(
  "Training by several ranks", .serialized,
  .enabled(if: Launcher.problem == nil, "\(Launcher.problem ?? "")"))
struct RankedTrainingTests {
  private let folder: TemporaryFolder
  private let launcher: Launcher
  private var program: Program { Program(folder: folder.url) }

  /// Ingests, divides and stores a site.
  init() throws {
    folder = try TemporaryFolder()
    launcher = Launcher(folder: folder.url)
    for arguments in [
      ["phantom", "--out", "ph", "--patients", "40", "--images", "64", "--only", "nih"],
      ["ingest", "nih", "--root", "ph/nih"],
      [
        "split", "create", "--dataset", "nih", "--name", "study", "--method", "proportions",
        "--part", "train=0.6", "--part", "val=0.4", "--seed", "1",
      ],
      [
        "images", "build", "--dataset", "nih", "--root", "ph/nih", "--side", "32", "--out",
        "stores/nih",
      ],
    ] {
      let outcome = try program.run(arguments)
      try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }
  }

  private func arguments(_ name: String, epochs: Int = 2) -> [String] {
    [
      "train", "--name", name, "--out", "runs/\(name)", "--dataset", "nih", "--store", "nih",
      "--train", "study:train", "--validate", "study:val", "--network", "densenet-small",
      "--channels", "1", "--epochs", "\(epochs)", "--patience", "0", "--batch-size", "16",
      "--learning-rate", "0.001", "--policy", "u-zeros", "--augmentation", "standard", "--threads",
      "1",
    ]
  }

  /// A column of a run's table.
  private func column(_ name: String, of run: String) throws -> [Double] {
    let table = try String(
      contentsOfFile: folder.path("runs/\(run)/metrics.csv"), encoding: .utf8)
    let lines = table.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let index = try #require(lines[0].firstIndex { $0 == name })
    return try lines.dropFirst().map { try #require(Double($0[index])) }
  }

  @Test("The same batches give the same loss curve as one rank, and the first rank alone speaks")
  func sameAsOneRank() throws {
    let one = try program.run(arguments("one", epochs: 3))
    try #require(one.status == 0, "\(one.messages)")
    let two = try launcher.run(arguments("two", epochs: 3))
    try #require(two.status == 0, "\(two.messages)")
    // Sums in another order, in float32. AdamW's first steps are the signs of gradients, so that each
    // step enlarges what rounding has made of those near 0: 1e-6 after one epoch, 1e-3 after three.
    for (name, tolerance) in [
      ("trainingLoss", 5e-3), ("validationLoss", 5e-3), ("validationMeanAUROC", 5e-2),
    ] {
      let (found, expected) = (try column(name, of: "two"), try column(name, of: "one"))
      #expect(expected.count == 3)
      for (a, b) in zip(found, expected) {
        #expect(a.isClose(to: b, absolute: tolerance), "\(name): \(found), \(expected)")
      }
    }
    let first = (try column("trainingLoss", of: "two")[0], try column("trainingLoss", of: "one")[0])
    #expect(first.0.isClose(to: first.1, absolute: 1e-5), "\(first)")
    #expect(two.messages.components(separatedBy: "epoch 1:").count == 2, "\(two.messages)")
    #expect(two.output.components(separatedBy: "Trained two").count == 2, "\(two.output)")
  }

  @Test("Interrupted and resumed by as many ranks, a run gives the same bits")
  func resumes() throws {
    let whole = try launcher.run(arguments("whole", epochs: 10))
    try #require(whole.status == 0, "\(whole.messages)")
    let broken = try launcher.run(arguments("broken", epochs: 10)) { process in
      // Within the run, at whatever step: each is to be as good as any other. One rank is asked to
      // stop, and all stop before the same step.
      try folder.wait(for: "runs/broken/metrics.csv")
      let ranks = try launcher.ranks(of: process)
      try #require(ranks.count == 2)
      kill(ranks[1], SIGTERM)
    }
    #expect(broken.status == 130, "\(broken.messages)")
    #expect(broken.messages.contains("--resume"), "\(broken.messages)")
    let other = try program.run(arguments("broken", epochs: 10) + ["--resume"])
    #expect(other.status == 65 && other.messages.contains("2 ranks"), "\(other.messages)")
    let resumed = try launcher.run(arguments("broken", epochs: 10) + ["--resume"])
    #expect(resumed.status == 0, "\(resumed.messages)")
    for name in ["trainingLoss", "validationLoss", "validationMeanAUROC"] {
      #expect(try column(name, of: "broken") == column(name, of: "whole"))
    }
    let files = try ["broken", "whole"].map {
      try Data(
        contentsOf: folder.url.appending(path: "runs/\($0)/best/model.safetensors"))
    }
    #expect(files[0] == files[1])
  }

  @Test("A rank that is killed ends the run with a message")
  func killedRank() throws {
    let outcome = try launcher.run(arguments("killed", epochs: 500)) { process in
      try folder.wait(for: "runs/killed/metrics.csv")
      let ranks = try launcher.ranks(of: process)
      try #require(ranks.count == 2)
      kill(ranks[1], SIGKILL)
    }
    #expect(outcome.status != 0)
    #expect(outcome.messages.contains("signal 9"), "\(outcome.messages)")
  }

  @Test("A rank that fails ends the run with its message and status")
  func failingRank() throws {
    let outcome = try launcher.run(arguments("failed") + ["--learning-rate", "1e30"])
    #expect(outcome.status == 65, "\(outcome.messages)")
    #expect(
      outcome.messages.contains("is not a number") || outcome.messages.contains("no numbers"),
      "\(outcome.messages)")
    let small = try launcher.run(arguments("small") + ["--batch-size", "1"])
    #expect(small.status == 64, "\(small.messages)")
    #expect(small.messages.contains("divided among 2 ranks"), "\(small.messages)")
  }
}
