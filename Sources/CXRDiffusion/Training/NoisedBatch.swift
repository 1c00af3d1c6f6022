// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// What a diffusion model learns from at once.
struct NoisedBatch {
  /// Prompts, as the model is given them.
  enum Prompts {
    /// Their tokens, `[images, positions]`, for a text encoder that learns.
    case tokens(Tensor)
    /// Encoded ones, `[images, positions, width]`.
    case encoded(Tensor)
  }

  /// The clean latent pictures, scaled, `[images, channels, rows, columns]`.
  let latents: Tensor
  /// The noise to be predicted, and the noise that is mixed in.
  let noise: TrainingNoise.Draw
  /// How much noise is mixed in, by image.
  let timesteps: [Int]
  /// The prompts.
  let prompts: Prompts
}
