// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRGeneration
import CXRTensor
import CXRTestSupport
import Testing

@testable import cxr

@Suite("Diffusion generator", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionGeneratorTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallDiffusionModel.write(to: folder.path("model"))
  }

  private func settings(
    _ change: (inout SamplingOptions) -> Void = { _ in }
  ) async throws -> [String: String] {
    var options = SamplingOptions()
    change(&options)
    let (path, chosen) = (folder.path("model"), options)
    return try await TensorActor.run {
      let model = try TextToImage(DiffusionFolder(path: path), chosen, on: .cpu)
      return DiffusionGenerator(model, name: "m", digest: "d", on: .cpu).identity.settings
    }
  }

  @Test("Whatever changes an image is part of what a run is bound to; what is usual has no name")
  func identity() async throws {
    let usual = try await settings()
    #expect(
      Set(usual.keys) == [
        "steps", "guidance", "guidanceRescale", "negativePrompt", "sampler", "height", "width",
        "device",
      ])
    let changes: [@Sendable (inout SamplingOptions) -> Void] = [
      { $0.steps = 51 }, { $0.guidance = Guidance(scale: 2) }, { $0.negativePrompt = "n" },
      { $0.guidance = Guidance(scale: 7.5, rescale: 0.5) }, { $0.sampler = .ddim },
      { $0.height = 48 }, { $0.width = 48 }, { $0.parts = PictureParts(batchSize: 1) },
      { $0.parts = PictureParts(tileSide: 16) }, { $0.unet.type = .bfloat16 },
      { $0.unet.type = .float16 }, { $0.unet.order = .channelsLast },
    ]
    var found: Set = [usual]
    for change in changes { found.insert(try await settings(change)) }
    #expect(found.count == changes.count + 1)
  }
}
