// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// Steps along the slope from one noise level to the next (Euler), with fresh noise if ancestral.
///
/// Latents are not of variance 1 but grow with the noise level, and are scaled for the network.
///
/// - SeeAlso: Karras et al., *NeurIPS* 2022, <https://arxiv.org/abs/2206.00364>, algorithm 2.
public struct EulerSampler: Sampler {
  /// What a step does with the noise that it leaves.
  public enum Course: Sendable {
    /// Keeps it.
    case straight
    /// Replaces as much of it by fresh noise as the random walk would.
    case ancestral
  }

  /// The timesteps to ask the network at, falling, with fractions.
  public let timesteps: [Double]
  /// What standard normal noise is multiplied by to begin with.
  public let initialScale: Double
  private let inputScales: [Double]
  private let steps: [CleanStep]
  private var position = 0

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - path: The timesteps and noise levels.
  ///   - prediction: What the network predicts.
  ///   - course: What a step does with the noise that it leaves.
  ///   - spacing: How the timesteps were chosen, on which the noise at the start depends.
  init(
    _ path: SigmaPath, prediction: PredictionType, course: Course, spacing: TimestepSpacing
  ) {
    timesteps = path.timesteps
    let highest = path.sigmas.max() ?? 0
    initialScale = spacing == .leading ? (highest * highest + 1).squareRoot() : highest
    let scales = path.timesteps.indices.map { index in
      1 / (path.sigmas[index] * path.sigmas[index] + 1).squareRoot()
    }
    inputScales = scales
    steps = scales.enumerated().map { index, scale in
      let (sigma, next) = (path.sigmas[index], path.sigmas[index + 1])
      let fresh =
        course == .straight
        ? 0 : (next * next * (sigma * sigma - next * next)).squareRoot() / sigma
      let goal = (next * next - fresh * fresh).squareRoot()
      let clean = prediction.clean(signal: scale, noise: sigma * scale)
      return CleanStep(
        clean: .init(latents: clean.latents * scale, output: clean.output),
        cleanWeight: 1 - goal / sigma, rest: .init(latents: goal / sigma, output: 0),
        noiseWeight: fresh)
    }
  }

  /// What the latents are multiplied by before the network sees them.
  public func inputScale(at step: Int) -> Double { inputScales[step] }

  /// Makes the next step.
  public mutating func step(
    _ output: Tensor, from latents: Tensor, noise: some NoiseSource
  ) throws(TensorError) -> Tensor {
    defer { position += 1 }
    return try steps[position].latents(output, from: latents, limit: nil, noise: noise)
  }
}
