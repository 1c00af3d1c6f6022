// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// A model from nothing to images, on phantoms stored at 32².
@Suite(
  "Fine-tuning verbs", .serialized, .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionTrainTests {
  private let folder: TemporaryFolder
  private var program: Program { Program(folder: folder.url) }

  /// Ingests, divides and stores a site, with prompts for two parts, and makes a model.
  init() throws {
    folder = try TemporaryFolder()
    for arguments in [
      ["phantom", "--out", "ph", "--patients", "30", "--images", "64", "--only", "nih"],
      ["ingest", "nih", "--root", "ph/nih"],
      [
        "split", "create", "--dataset", "nih", "--name", "study", "--method", "proportions",
        "--part", "train=0.7", "--part", "val=0.3", "--seed", "1",
      ],
      [
        "images", "build", "--dataset", "nih", "--root", "ph/nih", "--side", "32", "--out",
        "stores/nih",
      ],
      Self.prompts("train"), Self.prompts("val"),
      ["diffusion", "init", "--prompts", "train", "--store", "nih", "--out", "model"],
    ] {
      let outcome = try program.run(arguments)
      try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }
  }

  private static func prompts(_ part: String, _ more: String...) -> [String] {
    [
      "prompts", "build", "--name", part, "--dataset", "nih", "--split", "study:\(part)",
      "--template", "{age} year old {sex}. {labels}",
    ] + more
  }

  private func arguments(_ name: String, steps: Int = 4) -> [String] {
    [
      "diffusion", "train", "--name", name, "--model", "model", "--prompts", "train",
      "--validation-prompts", "val", "--store", "nih", "--out", "runs/\(name)",
      "--max-train-steps", "\(steps)", "--train-batch-size", "4", "--lr-warmup-steps", "0",
      "--validation-steps", "2", "--sample-inference-steps", "2", "--num-validation-images", "2",
      "--device", "cpu", "--threads", "1",
    ]
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path(path))
  }

  @Test("Trains with every option, records the run, and what it has made makes images")
  func trains() throws {
    let dry = try program.run(arguments("run") + ["--dry-run", "--json"])
    #expect(dry.status == 0, "\(dry.messages)")
    let plan = try dry.json()
    let count = try #require(plan["imageCount"] as? Int)
    #expect(count > 10 && plan["imagesPerStep"] as? Int == 4 && plan["steps"] as? Int == 4)
    #expect(!exists("runs"))

    let trained = try program.run(
      arguments("run") + [
        "--gradient-accumulation-steps", "2", "--snr-gamma", "5", "--noise-offset", "0.1",
        "--input-perturbation", "0.1", "--proportion-empty-prompts", "0.1", "--use-ema",
        "--ema-decay", "0.9", "--gradient-checkpointing", "--mixed-precision", "bf16",
        "--lr-scheduler", "cosine", "--sample-steps", "2", "--model-steps", "2", "--json",
      ])
    try #require(trained.status == 0, "\(trained.messages)")
    let document = try trained.json()
    let history = try #require(document["history"] as? [[String: Any]])
    #expect(history.map { $0["step"] as? Int } == [2, 4])
    #expect(history.allSatisfy { $0["validationLoss"] is Double })
    for path in [
      "samples/step-000002.png", "samples/step-000004.png", "models/step-000002/unet",
      "models/step-000004/unet", "model/unet", "metrics.csv", "latents",
    ] {
      #expect(exists("runs/run/\(path)"), "\(path)")
    }
    let run = try #require(
      try Catalog(path: folder.path("cxr.sqlite"), access: .read).trainingRuns()
        .first { $0.name == "run" })
    #expect(run.isFinished && run.epochs.map(\.step) == [2, 4])
    #expect(run.epochs.map(\.imageCount) == [16, min(2 * count, 32) - 16])
    let listed = try program.run("runs", "list")
    #expect(listed.status == 0 && listed.output.contains("run"), "\(listed.messages)")

    let exported = try program.run(
      "diffusion", "export", "runs/run", "--model", "model", "--out", "exported", "--json")
    #expect(exported.status == 0, "\(exported.messages)")
    #expect(try exported.json()["steps"] as? Int == 4)
    let weights = "unet/diffusion_pytorch_model.safetensors"
    #expect(
      try Data(contentsOf: folder.url.appending(path: "exported/\(weights)"))
        == Data(contentsOf: folder.url.appending(path: "runs/run/model/\(weights)")))
    let sampled = try program.run(
      "diffusion", "sample", "--name", "made", "--model", "exported", "--prompts", "val", "--out",
      "made", "--steps", "2", "--limit", "2", "--attempts", "1", "--device", "cpu", "--threads",
      "1")
    #expect(sampled.status == 0, "\(sampled.messages)")
  }

  @Test("A run that was interrupted goes on to the same bytes")
  func resumes() throws {
    let whole = try program.run(arguments("whole", steps: 12))
    try #require(whole.status == 0, "\(whole.messages)")
    var first = arguments("broken", steps: 12)
    first += ["--checkpointing-steps", "1"]
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = first
    process.currentDirectoryURL = folder.url
    let messages = folder.url.appending(path: "messages")
    try Data().write(to: messages)
    process.standardError = try FileHandle(forWritingTo: messages)
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let end = ContinuousClock.now + .seconds(120)
    while process.isRunning, ContinuousClock.now < end, !exists("runs/broken/checkpoint") {
      usleep(5_000)
    }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    let text = try String(contentsOf: messages, encoding: .utf8)
    #expect(process.terminationStatus == 130, "\(text)")
    #expect(text.contains("the same command with --resume goes on from there"), "\(text)")
    #expect(!exists("runs/broken/model"))
    let again = try program.run(first)
    #expect(again.status == 1 && again.messages.contains("--resume"), "\(again.messages)")
    let resumed = try program.run(first + ["--resume"])
    try #require(resumed.status == 0, "\(resumed.messages)")
    for name in [
      "model/unet/diffusion_pytorch_model.safetensors", "model/text_encoder/model.safetensors",
      "metrics.csv", "samples/step-000012.png",
    ] {
      #expect(
        try Data(contentsOf: folder.url.appending(path: "runs/broken/\(name)"))
          == Data(contentsOf: folder.url.appending(path: "runs/whole/\(name)")), "\(name)")
    }
  }

  @Test("Refuses what does not fit together, and says why")
  func refuses() throws {
    let shared = try program.run(arguments("shared") + ["--validation-prompts", "train"])
    #expect(
      shared.status == 65 && shared.messages.contains("would be learned from, too"),
      "\(shared.messages)")
    let built = try program.run(
      Self.prompts("train", "--name", "balanced", "--balanced", "--template", "{sex} {race}"))
    try #require(built.status == 0, "\(built.messages)")
    let balanced = try program.run(arguments("balanced") + ["--prompts", "balanced"])
    #expect(
      balanced.status == 65 && balanced.messages.contains("without --balanced"),
      "\(balanced.messages)")
    let both = try program.run(arguments("both") + ["--num-train-epochs", "2"])
    #expect(both.status == 64, "\(both.messages)")
    let there = try program.run(
      "diffusion", "init", "--prompts", "train", "--store", "nih", "--out", "model")
    #expect(there.status == 1 && there.messages.contains("there already"), "\(there.messages)")
    let missing = try program.run(
      "diffusion", "export", "runs/none", "--model", "model", "--out", "exported")
    #expect(missing.status == 66, "\(missing.messages)")
    #expect(!exists("runs"))
  }
}
