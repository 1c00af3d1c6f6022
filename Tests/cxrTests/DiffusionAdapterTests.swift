// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Foundation
import Testing

/// Images of a small model with an adapter.
@Suite("Diffusion adapters", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionAdapterTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
    try SmallDiffusionModel.write(to: folder.path("model"))
    let model = try DiffusionModel(DiffusionFolder(path: folder.path("model")), on: .cpu)
    let adapter = try LowRankAdapter(
      LowRankConfiguration(), of: model, text: .learning, seed: 1)
    try adapter.state.fillWithClosedForms()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "lora"), withIntermediateDirectories: true)
    try adapter.write(to: folder.path("lora/\(AdapterFile.name)"))
    for arguments in [
      ["phantom", "--out", "ph", "--patients", "20", "--only", "nih"],
      ["ingest", "nih", "--root", "ph/nih"],
      [
        "prompts", "build", "--name", "p", "--dataset", "nih", "--view", "pa", "--template",
        "{age} year old {sex}. {labels}",
      ],
    ] {
      let outcome = try program.run(arguments)
      try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }
  }

  private func sample(
    _ name: String, _ options: [String]
  ) throws -> (status: Int32, messages: String) {
    let outcome = try program.run(
      [
        "diffusion", "sample", "--name", name, "--model", "model", "--prompts", "p", "--out", name,
        "--steps", "2", "--device", "cpu", "--threads", "1", "--limit", "1",
      ] + options)
    return (outcome.status, outcome.messages)
  }

  /// The bytes of the only image.
  private func image(_ name: String) throws -> Data {
    let walk = FileManager.default.enumerator(atPath: folder.path(name))
    let names = (walk?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".png") }
    try #require(names.count == 1)
    return try Data(contentsOf: folder.url.appending(path: "\(name)/\(names[0])"))
  }

  @Test("An adapter changes images by its scale, and a run goes on with the same one only")
  func samples() throws {
    let scales = ["plain": [], "full": ["--adapter", "lora"]]
    for (name, options) in scales {
      let made = try sample(name, options)
      try #require(made.status == 0, "\(made.messages)")
    }
    #expect(try image("plain") != image("full"))
    let half = ["--adapter", "lora/\(AdapterFile.name)", "--adapter-scale", "0.5"]
    #expect(try sample("half", half).status == 0)
    #expect(try image("half") != image("full"))
    for options in [half, []] {
      let other = try sample("full", options)
      #expect(other.status == 65, "\(options): \(other.messages)")
    }
    #expect(try sample("full", ["--adapter", "lora"]).status == 0)
  }

  @Test("Refuses adapters that are missing or of another model, and a scale of none")
  func refuses() throws {
    let missing = try sample("a", ["--adapter", "none.safetensors", "--dry-run"])
    #expect(missing.status == 66, "\(missing.messages)")
    let other = try sample("b", ["--adapter", "model/unet/diffusion_pytorch_model.safetensors"])
    #expect(other.status == 65 && other.messages.contains("unexpected"), "\(other.messages)")
    #expect(try sample("c", ["--adapter-scale", "0.5"]).status == 64)
  }
}
