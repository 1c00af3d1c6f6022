// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRFiles
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Foundation
import Testing

private let folder = ProcessInfo.processInfo.environment["CXR_DIFFUSION_FILES"]

/// Models beside those of diffusers; `Scripts/golden/check_diffusion_networks.py` makes the folder,
/// and says how to run this.
@Suite(
  "Diffusion networks of Python",
  .enabled(if: folder != nil, "skipped: CXR_DIFFUSION_FILES names no folder"),
  .enabled(if: Torch.isAvailable, "this build has no libtorch"), .serialized)
struct PythonDiffusionTests {
  /// A model of Python in one of its layouts.
  struct Case: Sendable, CustomTestStringConvertible {
    let model: String
    let layout: String
    var testDescription: String { "\(model), \(layout)" }
    /// Weights of the layout have fewer digits.
    var isHalf: Bool { layout == "half" }
  }

  static let models = ["one", "two"]
  static let cases = models.flatMap { model in
    ["saved", "published", "shards", "archives", "half"].map { Case(model: model, layout: $0) }
  }

  private func path(_ name: String) throws -> String { "\(try #require(folder))/\(name)" }

  private func tensor(_ name: String) throws -> Tensor {
    try Tensor(StoredTensor(numPyFile: path("\(name).npy")))
  }

  private func open(_ test: Case) throws -> DiffusionModel {
    let folder = try DiffusionFolder(
      path: path("\(test.model)-\(test.layout)"), variant: test.isHalf ? "fp16" : nil)
    return try DiffusionModel(folder, on: .cpu)
  }

  @Test("Folders of Python give Python's results", arguments: cases)
  func forward(_ test: Case) throws {
    let model = try open(test)
    // This release of transformers leaves the prefix of published files away.
    #expect(model.unet.notes == [])
    #expect(model.textEncoder.notes.allSatisfy { $0.contains("text_model.") })
    var differences: [String: Double] = [:]
    for (name, found) in try results(of: model, test.model) {
      let expected = try tensor("\(test.model).\(name)")
      let largest = try max(1, expected.magnitude().values(as: Double.self).max() ?? 0)
      differences[name] = try found.largestDifference(from: expected) / largest
    }
    let tolerance = test.isHalf ? 0.05 : SmallNetworks.tolerance
    #expect(differences.count == 10)
    #expect(differences.values.allSatisfy { $0 <= tolerance }, "\(differences)")
    try FileManager.default.createDirectory(
      atPath: path("written"), withIntermediateDirectories: true)
    try JSONEncoder().encode(differences)
      .write(to: URL(filePath: path("written/\(test.model)-\(test.layout).json")))
  }

  @Test("All layouts but the narrow one give the very same weights", arguments: models)
  func layouts(_ name: String) throws {
    let saved = try open(Case(model: name, layout: "saved"))
    for layout in ["published", "shards", "archives"] {
      let other = try open(Case(model: name, layout: layout))
      #expect(try other.unet.state.equals(saved.unet.state))
      #expect(try other.autoencoder.state.equals(saved.autoencoder.state))
      #expect(try other.textEncoder.state.equals(saved.textEncoder.state))
    }
  }

  @Test("Full-sized networks have Python's names and shapes")
  func fullSizes() throws {
    let file = try URL(filePath: path("full-sizes.json"))
    let expected = try JSONDecoder().decode(
      [String: [String: [Int]]].self, from: Data(contentsOf: file))
    func check<Module: DiffusionComponent>(
      _ name: String, _ configuration: Module.Configuration, of type: Module.Type
    ) throws {
      let state = try DiffusionNetwork<Module>(configuration, seed: 1, on: .cpu).state
      let shapes = Dictionary(
        uniqueKeysWithValues: state.entries.map {
          ($0.name.replacing("text_model.", with: ""), $0.tensor.shape)
        })
      #expect(shapes == expected[name])
    }
    try check("unet1", .stableDiffusion1, of: UNet.self)
    try check("unet2", .stableDiffusion2, of: UNet.self)
    try check("vae", .stableDiffusion, of: Autoencoder.self)
    try check("text1", .stableDiffusion1, of: TextEncoder.self)
    try check("text2", .stableDiffusion2, of: TextEncoder.self)
  }

  @Test("Initial weights and a whole model are written for Python to read", arguments: models)
  func write(_ name: String) throws {
    let saved = try open(Case(model: name, layout: "saved"))
    let model = DiffusionModel(
      unet: try DiffusionNetwork(saved.unet.configuration, seed: 7, on: .cpu),
      autoencoder: try DiffusionNetwork(saved.autoencoder.configuration, seed: 8, on: .cpu),
      textEncoder: try DiffusionNetwork(saved.textEncoder.configuration, seed: 9, on: .cpu),
      companions: saved.companions)
    try model.write(to: path("written/\(name)"))
    for (result, tensor) in try results(of: model, name) {
      try tensor.stored(named: result).writeNumPyFile(to: path("written/\(name).\(result).npy"))
    }
  }

  /// What Python's script works out, under its names.
  private func results(of model: DiffusionModel, _ name: String) throws -> [String: Tensor] {
    func input(_ part: String) throws -> Tensor { try tensor("\(name).\(part)") }
    let (unet, autoencoder) = (model.unet.module, model.autoencoder.module)
    let (timesteps, context) = (try input("timesteps"), try input("context"))
    var results = try withoutGradients {
      let distribution = try autoencoder.encode(input("pictures"))
      // diffusers' tiles have the side that the configuration names.
      let tiles = PictureParts(tileSide: model.autoencoder.configuration.sampleSize)
      return [
        "unet.latents": try unet(input("latents"), at: timesteps, context: context),
        "unet.odd": try unet(input("odd"), at: timesteps, context: context),
        "vae.mean": distribution.mean, "vae.logvar": distribution.logVariance,
        "vae.decoded": try autoencoder.decode(input("odd")),
        "vae.tiled.mean": try autoencoder.encode(input("pictures"), in: tiles).mean,
        "vae.tiled.decoded": try autoencoder.decode(input("wide"), in: tiles),
        "text": try model.textEncoder.module(input("tokens")),
      ]
    }
    try unet(input("latents"), at: timesteps, context: context, activations: .recomputed)
      .squared().mean().backward()
    results["unet.gradient"] = try #require(model.unet.state["conv_in.weight"]?.gradient)
    let encoded = try model.textEncoder.module(input("tokens"), activations: .recomputed)
      .selected(0, along: 2)
    try (encoded.squared() * encoded).mean().backward()
    results["text.gradient"] = try #require(
      model.textEncoder.state["text_model.embeddings.position_embedding.weight"]?.gradient)
    return results
  }
}
