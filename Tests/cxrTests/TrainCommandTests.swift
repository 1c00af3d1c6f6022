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

  private var isGnuplotInstalled: Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot") }
  }

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
      "--hidden-units", "8", "--dropout", "0.3", "--augmentation", "synthetic-xray",
    ]
    let trained = try train("options", options + ["--threads", "1"])
    #expect(trained.status == 0, "\(trained.messages)")
    let run = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.url.appending(path: "runs/options/run.json")))
    #expect((run as? [String: Any])?["threadCounts"] as? [Int] == [1])
    let classifier = try String(
      contentsOfFile: folder.path("runs/options/best/classifier.json"), encoding: .utf8)
    #expect(classifier.contains("hidden") && classifier.contains("0.3"), "\(classifier)")
    let refused = try train("refused", "--dropout", "0.3")
    #expect(refused.status == 64 && refused.messages.contains("--hidden-units"))
    let resumed = try train("options", options + ["--threads", "2", "--resume"])
    #expect(resumed.status == 0, "\(resumed.messages)")
    #expect(
      resumed.messages.contains("1 thread and goes on with 2")
        && resumed.messages.contains("--threads 1"), "\(resumed.messages)")
  }

  @Test(
    "A series trains on growing shares, draws its curves and passes over what is finished",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func series() throws {
    try prepare()
    let few = ["--shares", "1,0.25", "--epochs", "1"]
    func outcome(_ more: [String], environment: [String: String] = [:]) throws -> Program.Outcome {
      try program.run(
        [
          "train", "--name", "few", "--out", "runs/few", "--dataset", "nih", "--store", "nih",
          "--train", "study:train", "--validate", "study:val", "--network", "densenet-small",
          "--channels", "1", "--batch-size", "16", "--policy", "u-zeros",
        ] + few + more, environment: environment)
    }
    let planned = try outcome(["--dry-run"])
    #expect(planned.output.contains("few-25pct, stage 1 (real=25%)"), "\(planned.messages)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("runs")))

    // A search path without gnuplot: training goes on, and says what is missing once a run.
    let first = try outcome([], environment: ["PATH": "/nowhere"])
    #expect(first.status == 0, "\(first.messages)")
    #expect(
      first.messages.components(separatedBy: "There are no curves: gnuplot").count == 3,
      "\(first.messages)")
    let catalog = try Catalog(path: folder.path("cxr.sqlite"), access: .read)
    let runs = try catalog.trainingRuns()
    #expect(runs.map(\.name) == ["few-100pct", "few-25pct"])
    let counts = runs.compactMap(\.epochs.last?.imageCount)
    #expect(counts.count == 2 && counts[1] < counts[0] / 2)

    let again = try outcome([])
    #expect(again.status == 1 && again.messages.contains("--resume"), "\(again.messages)")
    // One run is lost: resuming passes over the other.
    try FileManager.default.removeItem(atPath: folder.path("runs/few/100pct"))
    let resumed = try outcome(["--resume", "--json"])
    #expect(resumed.status == 0, "\(resumed.messages)")
    #expect(resumed.messages.contains("few-25pct: is finished already"))
    let documents =
      try JSONSerialization.jsonObject(with: Data(resumed.output.utf8)) as? [[String: Any]]
    #expect(documents?.compactMap { $0["name"] as? String } == ["few-25pct", "few-100pct"])
    #expect(documents?.compactMap { $0["epochCount"] as? Int } == [1, 1])

    let listed = try program.run("runs", "list")
    #expect(listed.output.contains("few-25pct") && listed.output.contains("real=25%"))
    #expect(try program.run("runs", "show", "few-25pct").output.contains("kept"))
    let unknown = try program.run("runs", "show", "fewer")
    #expect(unknown.status == 65 && unknown.messages.contains("few-100pct"))
    if isGnuplotInstalled {
      #expect(FileManager.default.fileExists(atPath: folder.path("runs/few/100pct/curves.svg")))
      let drawn = try program.run("runs", "curves", "--out", "figures/both.svg")
      #expect(drawn.status == 0, "\(drawn.messages)")
      let svg = try String(contentsOfFile: folder.path("figures/both.svg"), encoding: .utf8)
      #expect(svg.contains("few-100pct: AUROC") && svg.contains("few-25pct: AUROC"))
    }
    let missing = try program.run(
      ["runs", "curves", "--out", "none.svg"], environment: ["PATH": "/nowhere"])
    #expect(missing.status == 69 && missing.messages.contains("gnuplot-nox"))
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
      (["--shares", "0,1"], "above 0"), (["--shares", "0.5,0.50"], "each share once"),
      (["--shares", "0.5", "--strategy", "synthetic"], "all real images"),
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
