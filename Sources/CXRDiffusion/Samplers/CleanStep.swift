// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// A step to a sum of the clean latents, the noised latents, the network's output and fresh noise.
struct CleanStep: Sendable {
  /// How the clean latents are worked out.
  let clean: PredictionType.Mixture
  /// What the clean latents are multiplied by.
  let cleanWeight: Double
  /// What the noised latents and the network's output are multiplied by beside that.
  let rest: PredictionType.Mixture
  /// What fresh noise is multiplied by.
  let noiseWeight: Double

  /// Makes the step.
  ///
  /// - Parameters:
  ///   - output: What the network said.
  ///   - latents: The noised latents.
  ///   - limit: The largest magnitude of the clean latents; `nil` for any.
  ///   - noise: Where fresh noise comes from.
  /// - Returns: The latents of the next step, float32.
  /// - Throws: `TensorError` with code `.refused` if the shapes differ.
  func latents(
    _ output: Tensor, from latents: Tensor, limit: Double?, noise: some NoiseSource
  ) throws(TensorError) -> Tensor {
    let next: Tensor
    if let limit {
      let clean = try weightedSum((clean.latents, latents), (clean.output, output))
      next = try weightedSum(
        (cleanWeight, clean.clamped(to: -limit...limit)), (rest.latents, latents),
        (rest.output, output))
    } else {
      next = try weightedSum(
        (cleanWeight * clean.latents + rest.latents, latents),
        (cleanWeight * clean.output + rest.output, output))
    }
    if noiseWeight != 0 { try next.add(noise.normal(latents.shape), times: noiseWeight) }
    return next
  }
}
