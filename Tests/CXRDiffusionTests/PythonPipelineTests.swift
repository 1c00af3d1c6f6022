// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import CXRText
import Foundation
import Testing

@testable import CXRDiffusion

private let folder = ProcessInfo.processInfo.environment["CXR_PIPELINE_FILES"]

/// Whole runs beside those of diffusers; `Scripts/golden/check_pipelines.py` makes the folder, and says
/// how to run this.
@Suite(
  "Pipelines of Python",
  .enabled(if: folder != nil, "skipped: CXR_PIPELINE_FILES names no folder"),
  .enabled(if: Torch.isAvailable, "this build has no libtorch"), .serialized)
struct PythonPipelineTests {
  /// A run as the script describes it.
  private struct Case: Decodable {
    let name: String
    let model: String
    let scheduler: String
    let steps: Int
    let guidance: Double
    let prompt: String
    let seed: UInt64
  }

  /// The largest differences of a run.
  private struct Difference: Encodable {
    let latents: Double
    let picture: Double
  }

  /// Latents are of order 1 here; diffusers differs from itself by some 1e-5 between one and two
  /// threads, as the script prints.
  private static let limit = 1e-4

  private func path(_ name: String) throws -> String { "\(try #require(folder))/\(name)" }

  private func tensor(_ name: String) throws -> Tensor {
    try Tensor(StoredTensor(numPyFile: path("\(name).npy")))
  }

  @Test("From a prompt and noise to latents and a picture, as diffusers does")
  func runs() throws {
    let before = Torch.threadCount
    Torch.threadCount = 1
    defer { Torch.threadCount = before }
    let cases = try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: URL(filePath: path("cases.json"))))
    #expect(cases.count == 240)
    var differences: [String: Difference] = [:]
    for (model, runs) in Dictionary(grouping: cases, by: \.model) {
      let source = try DiffusionFolder(path: path(model))
      let networks = try DiffusionModel(source, on: .cpu)
      for test in runs {
        let difference = try difference(of: test, by: networks, from: source)
        #expect(difference.latents <= Self.limit, "\(test.name): \(difference.latents)")
        #expect(difference.picture <= Self.limit, "\(test.name): \(difference.picture)")
        differences[test.name] = difference
      }
    }
    try JSONEncoder().encode(differences)
      .write(to: URL(filePath: path("differences.json")))
  }

  private func difference(
    of test: Case, by model: DiffusionModel, from source: DiffusionFolder
  ) throws -> Difference {
    let kind = try #require(SamplerKind(rawValue: test.scheduler))
    let sampler = try SamplerConfiguration(file: source.schedulerPath, as: kind)
    let encoder = PromptEncoder(
      try CLIPTokenizer(folder: source.tokenizerPath), model.textEncoder.module, on: .cpu)
    let guidance = Guidance(scale: test.guidance)
    return try withInference {
      let latents = try Denoiser(unet: model.unet.module, guidance: guidance).latents(
        from: tensor("noise"), by: sampler.makeSampler(steps: test.steps),
        prompts: encoder.encode([test.prompt]), empty: encoder.encode([""]),
        fresh: ImageNoise(seeds: [test.seed]))
      let picture = try SampledPicture.intensities(
        model.autoencoder.module.decode(
          latents / model.autoencoder.configuration.scalingFactor))
      return Difference(
        latents: try latents.largestDifference(from: tensor("\(test.name).latents")),
        picture: try picture.largestDifference(from: tensor("\(test.name).picture")))
    }
  }
}
