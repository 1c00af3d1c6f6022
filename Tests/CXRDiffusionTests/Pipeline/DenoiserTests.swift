// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@testable import CXRDiffusion

@Suite("Denoiser", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DenoiserTests {
  /// A golden run and the sampler that made it, as its class is without arguments but the betas.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: SamplerKind
    var testDescription: String { name }

    var configuration: SamplerConfiguration {
      var configuration = SamplerConfiguration.stableDiffusion(kind)
      if [.dpmSolver, .euler].contains(kind) { configuration.stepsOffset = 0 }
      return configuration
    }
  }

  static let cases = [
    Case(name: "pipeline_pndm", kind: .pndm), Case(name: "pipeline_ddim", kind: .ddim),
    Case(name: "pipeline_dpmpp_2m", kind: .dpmSolver), Case(name: "pipeline_euler", kind: .euler),
  ]

  private func latents(_ test: Case, guidance: Guidance) throws -> Tensor {
    let (unet, text) = (try SmallNetworks.unet(), try SmallNetworks.textEncoder())
    return try withInference {
      try Denoiser(unet: unet.module, guidance: guidance).latents(
        from: .closedForm([1, 4, 8, 8], a: 1.9), by: test.configuration.makeSampler(steps: 4),
        prompts: text.module(SmallNetworks.prompt()),
        empty: text.module(Tensor(Array(repeating: 0, count: 77), shape: [1, 77])),
        fresh: ImageNoise(seeds: [1]))
    }
  }

  @Test("From noise to image, agrees with diffusers", arguments: cases)
  func agreesWithDiffusers(_ test: Case) throws {
    let latents = try latents(test, guidance: Guidance(scale: 4))
    let golden = try GoldenResult.networks()[test.name]
    // Guidance and steps magnify rounding, and latents reach 43: diffusers itself differs by 2.8e-3
    // between one and two threads, and as much from float64.
    let expected = try GoldenResult(golden["latent"])
    #expect(try expected.distance(from: latents) < 3e-4 * expected.largest)
    let autoencoder = try SmallNetworks.autoencoder()
    let pictures = try withInference {
      try SampledPicture.intensities(autoencoder.module.decode(latents / 0.18215))
    }
    let pictureDistance = try GoldenResult(golden["image"]).distance(from: pictures)
    #expect(pictureDistance < 3e-4)
  }

  @Test("Without guidance the empty prompt does not matter")
  func withoutGuidance() throws {
    let (unet, text) = (try SmallNetworks.unet(), try SmallNetworks.textEncoder())
    let prompt = try text.module(SmallNetworks.prompt())
    func latents(empty: Tensor) throws -> [Float] {
      try withInference {
        try Denoiser(unet: unet.module, guidance: Guidance(scale: 1)).latents(
          from: .closedForm([1, 4, 8, 8]),
          by: SamplerConfiguration.stableDiffusion(.ddim).makeSampler(steps: 2), prompts: prompt,
          empty: empty, fresh: ImageNoise(seeds: [1])
        ).values(as: Float.self)
      }
    }
    #expect(try latents(empty: prompt) == latents(empty: Tensor.zeros([1, 77, 32])))
  }

  @Test("A cancelled task makes no more steps")
  func cancels() async throws {
    let test = Self.cases[0]
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      _ = try latents(test, guidance: Guidance(scale: 4))
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
