// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// Adapters and images of a class, from training to images.
@Suite("DreamBooth verbs", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionDreamBoothTests {
  private let folder: TemporaryFolder
  private var program: Program { Program(folder: folder.url) }

  init() throws {
    folder = try TemporaryFolder()
    for arguments in [
      ["phantom", "--out", "ph", "--patients", "10", "--images", "64", "--only", "nih"],
      ["ingest", "nih", "--root", "ph/nih"],
      [
        "images", "build", "--dataset", "nih", "--root", "ph/nih", "--side", "32", "--out",
        "stores/nih",
      ],
      [
        "prompts", "build", "--name", "all", "--dataset", "nih", "--template",
        "{age} year old {sex}. {labels}",
      ],
      ["diffusion", "init", "--prompts", "all", "--store", "nih", "--out", "model"],
    ] {
      let outcome = try program.run(arguments)
      try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }
  }

  private func train(_ options: [String]) throws -> Program.Outcome {
    try program.run(
      [
        "diffusion", "train", "--name", "run", "--model", "model", "--prompts", "all", "--store",
        "nih", "--out", "runs/run", "--max-train-steps", "2", "--train-batch-size", "2",
        "--lr-warmup-steps", "0", "--sample-inference-steps", "2", "--num-validation-images", "1",
        "--max-train-samples", "4", "--device", "cpu", "--threads", "1",
      ] + options)
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path(path))
  }

  private static let options = [
    "--lora-rank", "2", "--lora-alpha", "4", "--lora-targets", "to_q,ff.net.2",
    "--lora-text-encoder", "--instance-prompt", "chest x-ray, scanner A", "--class-store", "nih",
    "--class-prompt", "chest x-ray",
  ]

  @Test("Learns an adapter beside images of the class, samples with it, and merges it")
  func trains() throws {
    let trained = try train(Self.options + ["--prior-loss-weight", "0.5"])
    try #require(trained.status == 0, "\(trained.messages)")
    #expect(trained.output.contains("--adapter") && trained.messages.contains("of the class"))
    #expect(exists("runs/run/adapter/pytorch_lora_weights.safetensors"))
    #expect(!exists("runs/run/model"))
    let other = try train(Self.options + ["--prior-loss-weight", "1", "--resume"])
    #expect(other.status == 65, "\(other.messages)")
    let exported = try program.run(
      "diffusion", "export", "runs/run", "--model", "model", "--out", "merged")
    #expect(exported.status == 0 && exists("merged/unet/config.json"), "\(exported.messages)")
    let sampled = try program.run(
      "diffusion", "sample", "--name", "made", "--model", "model", "--adapter", "runs/run/adapter",
      "--prompts", "all", "--out", "made", "--steps", "2", "--limit", "1", "--device", "cpu")
    #expect(sampled.status == 0, "\(sampled.messages)")
  }

  @Test("Refuses options without those that they belong to")
  func refusesOptions() throws {
    for options in [
      ["--lora-alpha", "2"], ["--lora-rank", "0"], ["--lora-rank", "2", "--lora-alpha", "0"],
      ["--class-store", "nih"], ["--class-prompt", "x-ray"], ["--prior-loss-weight", "1"],
      ["--class-store", "nih", "--class-prompt", "x", "--class-prompts", "all"],
    ] {
      let outcome = try train(options)
      #expect(outcome.status == 64, "\(options): \(outcome.messages)")
    }
  }

  @Test("Says how images of a class are made, and which maps there are not")
  func explains() throws {
    let store = try train(["--class-store", "none", "--class-prompt", "x-ray", "--dry-run"])
    #expect(store.status != 0 && store.messages.contains("cxr diffusion sample"))
    let target = try train(["--lora-rank", "2", "--lora-targets", "to_w"])
    #expect(target.status != 0 && target.messages.contains("\"to_w\" in unet"))
    #expect(!exists("runs/run/run.json"))
  }
}
