// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// Leads latent pictures from noise to what prompts say.
///
///     let denoiser = Denoiser(unet: unet.module, guidance: Guidance(scale: 4))
///     let latents = try denoiser.latents(
///       from: noise, by: configuration.makeSampler(steps: 75), prompts: prompts, empty: empty,
///       fresh: ImageNoise(seeds: seeds, on: device))
public struct Denoiser {
  /// The network.
  public let unet: UNet
  /// How far prompts are followed.
  public let guidance: Guidance
  /// How the network keeps its weights and computes.
  public let layout: WeightLayout

  /// Puts a denoiser together.
  ///
  /// - Parameters:
  ///   - unet: The network.
  ///   - guidance: How far prompts are followed.
  ///   - layout: How the network keeps its weights and computes; it gets its pictures so.
  public init(unet: UNet, guidance: Guidance, layout: WeightLayout = .standard) {
    self.unet = unet
    self.guidance = guidance
    self.layout = layout
  }

  /// Makes all steps of a sampler.
  ///
  /// With guidance, the network sees each picture twice in one batch: first all of them for the
  /// empty prompt, then for their own. Latents and sums are float32 whatever the network computes in.
  ///
  /// Nothing is copied to or from a device between the steps: timesteps and prompts lie there before
  /// the first one, the numbers of sampler and guidance are arguments of kernels, and a random
  /// sampler's noise is drawn on the device. The processor therefore runs ahead of the device; what a
  /// step came to is known when the latents are read.
  ///
  /// - Parameters:
  ///   - noise: Standard normal noise, `[batch, channels, rows, columns]`.
  ///   - sampler: A sampler before its first step.
  ///   - prompts: Encoded prompts, `[batch, positions, width]`.
  ///   - empty: The encoded empty, or negative, prompt, `[1, positions, width]`; not looked at
  ///     without guidance.
  ///   - fresh: Where a random sampler draws from; the others do not.
  ///   - afterStep: Called after each step; a device may still be working on it.
  /// - Returns: Latent pictures of the noise's shape.
  /// - Throws: `CancellationError` between two steps; `TensorError` with code `.refused` if the
  ///   shapes do not fit, `.outOfMemory`; what `afterStep` throws.
  public func latents(
    from noise: Tensor, by sampler: any Sampler, prompts: Tensor, empty: Tensor,
    fresh: some NoiseSource, afterStep: () throws -> Void = {}
  ) throws -> Tensor {
    var sampler = sampler
    let isGuided = guidance.needsEmptyPrompt
    let count = sampler.timesteps.count
    let timesteps = try Tensor(sampler.timesteps, shape: [count])
      .converted(to: .float32, on: noise.device)
    let context =
      isGuided
      ? try Tensor.joined(
        [empty.expanded([noise.shape[0]] + empty.shape.dropFirst()), prompts], along: 0)
      : prompts
    let seen = try context.converted(to: layout.type)
    var latents = try noise * sampler.initialScale
    for step in 0..<count {
      try Task.checkCancellation()
      let scaled = try (latents * sampler.inputScale(at: step)).converted(to: layout.type)
        .contiguous(layout.order)
      let input = isGuided ? try Tensor.joined([scaled, scaled], along: 0) : scaled
      var output = try unet(input, at: timesteps.slice(step..<step + 1), context: seen)
        .converted(to: .float32).contiguous()
      if isGuided {
        let answers = try output.chunks(2, along: 0)
        output = try guidance.combined(with: answers[1], without: answers[0])
      }
      latents = try sampler.step(output, from: latents, noise: fresh)
      try afterStep()
    }
    return latents
  }
}
