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
  /// What the loss of the second half of the images counts for, which are of a class from which
  /// the first half is to be told; `nil` if all images are to be learned.
  var priorWeight: Double?
}

extension NoisedBatch {
  /// The images to be learned, and behind them as many of their class.
  ///
  /// - Throws: `TensorError` with code `.refused` for other shapes.
  /// - Precondition: There are as many images of each kind; all prompts are encoded, or none.
  func joined(
    with prior: NoisedBatch, weighing weight: Double
  ) throws(TensorError) -> NoisedBatch {
    precondition(timesteps.count == prior.timesteps.count, "an image of the class for each")
    func joined(_ first: Tensor, _ second: Tensor) throws(TensorError) -> Tensor {
      try Tensor.joined([first, second], along: 0)
    }
    let prompts: Prompts =
      switch (self.prompts, prior.prompts) {
      case (.tokens(let first), .tokens(let second)): .tokens(try joined(first, second))
      case (.encoded(let first), .encoded(let second)): .encoded(try joined(first, second))
      default: preconditionFailure("all prompts are encoded, or none")
      }
    let target = try joined(noise.target, prior.noise.target)
    let mixed = try joined(noise.mixed, prior.noise.mixed)
    return NoisedBatch(
      latents: try joined(latents, prior.latents), noise: (target, mixed),
      timesteps: timesteps + prior.timesteps, prompts: prompts, priorWeight: weight)
  }
}
