// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// The learning verbs from the official files to an audit, on phantoms of 64².
@Suite("Training verbs")
struct TrainCommandTests {
  private let folder: TemporaryFolder
  private var program: Program { Program(folder: folder.url) }

  init() throws { folder = try TemporaryFolder() }

  /// Ingests, divides and stores two sites: NIH, and CheXpert in the place of synthetic pictures.
  private func prepare() throws {
    var outcome = try program.run(
      "phantom", "--out", "ph", "--patients", "60", "--images", "64", "--only", "nih", "--only",
      "chexpert")
    #expect(outcome.status == 0, "\(outcome.messages)")
    for dataset in ["nih", "chexpert"] {
      for arguments in [
        ["ingest", dataset, "--root", "ph/\(dataset)"],
        [
          "split", "create", "--dataset", dataset, "--name", "study", "--method", "proportions",
          "--part", "train=0.6", "--part", "val=0.2", "--part", "test=0.2", "--seed", "1",
        ],
        [
          "images", "build", "--dataset", dataset, "--root", "ph/\(dataset)", "--side", "64",
          "--out", "stores/\(dataset)",
        ],
      ] {
        outcome = try program.run(arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
      }
    }
  }

  private func train(_ name: String, _ more: String...) throws -> Program.Outcome {
    try train(name, more)
  }

  private func train(_ name: String, _ more: [String]) throws -> Program.Outcome {
    try program.run(
      [
        "train", "--name", name, "--out", "runs/\(name)", "--dataset", "nih", "--store", "nih",
        "--synthetic", "chexpert", "--synthetic-store", "chexpert", "--train", "study:train",
        "--validate", "study:val", "--network", "densenet-small", "--channels", "1", "--epochs",
        "2", "--batch-size", "16", "--learning-rate", "0.003", "--policy", "u-zeros",
      ] + more)
  }

  @Test(
    "Train, predict, choose thresholds and audit, for each of the four strategies",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func fourStrategies() throws {
    try prepare()
    for (strategy, epochs) in [
      ("real", 2), ("synthetic", 2), ("mixed", 2), ("pretrain-finetune", 4),
    ] {
      let trained = try train(strategy, "--strategy", strategy, "--json")
      #expect(trained.status == 0, "\(trained.messages)")
      #expect(try trained.json()["epochCount"] as? Int == epochs)
      let predicted = try program.run(
        "predict", "--model", strategy, "--classifier", "runs/\(strategy)/best", "--dataset",
        "nih", "--store", "nih")
      #expect(predicted.status == 0, "\(predicted.messages)")
      let chosen = try program.run(
        "thresholds", "select", "--model", strategy, "--dataset", "nih", "--split", "study:val")
      #expect(chosen.status == 0, "\(chosen.messages)")
    }
    let audited = try program.run(
      "compare", "--model", "real", "--model", "mixed", "--dataset", "nih", "--split",
      "study:test", "--bootstrap", "50")
    #expect(audited.status == 0, "\(audited.messages)")

    let catalog = try Catalog(path: folder.path("cxr.sqlite"), access: .read)
    let runs = try catalog.trainingRuns()
    #expect(runs.map(\.name) == ["mixed", "pretrain-finetune", "real", "synthetic"])
    #expect(runs.map(\.epochs.count) == [2, 4, 2, 2])
    #expect(runs.map(\.isFinished) == [true, true, true, true])

    // The same command again is refused, and costs nothing that the catalog has.
    let again = try train("real", "--strategy", "real")
    #expect(again.status == 1 && again.messages.contains("--resume"), "\(again.messages)")
    #expect(try catalog.trainingRuns().first { $0.name == "real" }?.epochs.count == 2)
    let resumed = try train("real", "--strategy", "real", "--resume")
    #expect(resumed.status == 0, "\(resumed.messages)")
    let other = try train("real", "--strategy", "real", "--resume", "--validate", "study:test")
    #expect(
      other.status == 65 && other.messages.contains("other validation images"), "\(other.messages)")
    #expect(try catalog.trainingRuns().first { $0.name == "real" }?.epochs.count == 2)
    try everyOption()
  }

  /// Trains with every option that changes how a step is computed, and goes on with other threads.
  private func everyOption() throws {
    let options = [
      "--accumulate", "2", "--largest-gradient-norm", "1", "--checkpointing", "--channels-last",
      "--deterministic", "--precision", "bfloat16", "--class-weights", "balanced", "--average",
    ]
    let trained = try train("options", options + ["--threads", "1"])
    #expect(trained.status == 0, "\(trained.messages)")
    let run = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.url.appending(path: "runs/options/run.json")))
    #expect((run as? [String: Any])?["threadCounts"] as? [Int] == [1])
    let resumed = try train("options", options + ["--threads", "2", "--resume"])
    #expect(resumed.status == 0, "\(resumed.messages)")
    #expect(
      resumed.messages.contains("1 thread and goes on with 2")
        && resumed.messages.contains("--threads 1"), "\(resumed.messages)")
  }

  @Test(
    "Mistakes name their remedy",
    arguments: [
      (["--strategy", "synth"], "synthetic"), (["--findings", "Edema,Edema"], "each once"),
      (["--findings", "Edemo"], "did you mean Edema"), (["--network", "resnet18"], "resnet34"),
      (["--learning-rate", "inf"], "above 0"), (["--threads", "0"], "1 to 1024"),
      (["--device", "gpu"], "cuda"), (["--accumulate", "0"], "at least 1"),
      (["--largest-gradient-norm", "0"], "above 0"),
      (["--deterministic", "--tf32"], "leave one or the other out"),
      (["--deterministic", "--cudnn-benchmark"], "leave one or the other out"),
    ])
  func mistakes(arguments: [String], words: String) throws {
    let outcome = try program.run(
      [
        "train", "--name", "a", "--out", "a", "--dataset", "nih", "--store", "s", "--train", "s:t",
        "--validate", "s:v",
      ] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
  }

  @Test("The doctor tells whether networks can be computed")
  func doctor() throws {
    let outcome = try program.run("doctor", "--json")
    #expect(outcome.status == (Torch.isAvailable ? 0 : 69))
    let checks = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let names = (checks as? [[String: Any]])?.compactMap { $0["name"] as? String }
    #expect(names?.contains("libtorch") == true && names?.contains("gnuplot") == true)
  }
}
