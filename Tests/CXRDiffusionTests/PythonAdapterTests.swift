// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTensorTestSupport
import Foundation
import Testing

@testable import CXRDiffusion

private let folder = ProcessInfo.processInfo.environment["CXR_ADAPTER_FILES"]

/// Adapters beside those of diffusers and PEFT; `Scripts/golden/check_diffusion_adapters.py` makes
/// the folder, and says how to run this.
@Suite(
  "Diffusion adapters of Python",
  .enabled(if: folder != nil, "skipped: CXR_ADAPTER_FILES names no folder"),
  .enabled(if: Torch.isAvailable, "this build has no libtorch"), .serialized)
struct PythonAdapterTests {
  static let models = ["one", "two"]
  static let layouts = ["peft", "metadata", "older", "kohya"]
  /// How far results may be apart, as a part of the largest number.
  static let tolerance = 1e-5

  private func path(_ name: String) throws -> String { "\(try #require(folder))/\(name)" }

  private func tensor(_ name: String) throws -> Tensor {
    try Tensor(StoredTensor(numPyFile: path("\(name).npy")))
  }

  private func open(_ model: String) throws -> DiffusionModel {
    try DiffusionModel(DiffusionFolder(path: path(model)), on: .cpu)
  }

  /// What Python's script works out, under its names.
  private func results(of model: DiffusionModel, _ name: String) throws -> [String: Tensor] {
    try withoutGradients {
      [
        "unet": try model.unet.module(
          tensor("\(name).latents"), at: tensor("\(name).timesteps"),
          context: tensor("\(name).context")),
        "text": try model.textEncoder.module(tensor("\(name).tokens")),
      ]
    }
  }

  @Test("Python's adapters give Python's results, attached and merged", arguments: models, layouts)
  func reads(_ name: String, _ layout: String) throws {
    var differences: [String: Double] = [:]
    func compare(_ model: DiffusionModel, _ suffix: String) throws {
      for (key, found) in try results(of: model, name) {
        let expected = try tensor("\(name)-\(layout)\(suffix).\(key)")
        let largest = try max(1, expected.magnitude().values(as: Double.self).max() ?? 0)
        differences["\(key)\(suffix)"] = try found.largestDifference(from: expected) / largest
      }
    }
    let model = try open(name)
    let file = try AdapterFile(path: path("\(name)-\(layout)"))
    try LowRankAdapter(file, of: model).attach()
    try compare(model, "")
    let other = try open(name)
    try other.merge(file, scale: 0.5)
    try compare(other, ".half")
    #expect(differences.count == 4)
    #expect(differences.values.allSatisfy { $0 <= Self.tolerance }, "\(differences)")
    try FileManager.default.createDirectory(
      atPath: path("written"), withIntermediateDirectories: true)
    try JSONEncoder().encode(differences)
      .write(to: URL(filePath: path("written/\(name)-\(layout).json")))
  }

  @Test("Adapters and a merged model are written for Python to read", arguments: models)
  func writes(_ name: String) throws {
    for (kind, text) in [
      ("unet", FineTuningConfiguration.TextEncoderLearning.frozen), ("both", .learning),
    ] {
      let model = try open(name)
      let adapter = try LowRankAdapter(
        LowRankConfiguration(rank: 3, alpha: 6), of: model, text: text, seed: 3)
      try withoutGradients {
        for part in adapter.parts {
          // Whole sines would saturate attention, where PyTorch is 3e-4 from itself on other threads.
          let up = try Tensor.closedForm(part.update.up.shape, a: 0.2, b: 0.05)
          try part.update.up.assign(up * 0.3)
        }
      }
      let written = try path("written/\(name)-\(kind)")
      try FileManager.default.createDirectory(atPath: written, withIntermediateDirectories: true)
      try adapter.write(to: "\(written)/\(AdapterFile.name)")
      adapter.attach()
      try write(results(of: model, name), "\(name)-\(kind)")
      guard text == .learning else { continue }
      try adapter.merge()
      try model.write(to: path("written/\(name)"))
      try write(results(of: model, name), "\(name)-merged")
    }
  }

  private func write(_ results: [String: Tensor], _ name: String) throws {
    for (key, tensor) in results {
      try tensor.stored(named: key).writeNumPyFile(to: path("written/\(name).\(key).npy"))
    }
  }
}
