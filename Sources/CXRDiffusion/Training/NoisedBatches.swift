// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRTensor

/// Makes batches of a list of images.
///
/// What an image gets, its timestep, its latent picture, its noise and whether it keeps its prompt,
/// is a function of the seed, the purpose, the step and the position. It depends neither on the
/// images beside it nor on the rank, and a checkpoint needs no generator's state.
struct NoisedBatches {
  /// What a list of images is for.
  enum Purpose: String {
    /// They are learned, or validated on.
    case learning = "finetune.step"
    /// They keep what the model knows of a class.
    case prior = "finetune.prior"
  }

  private let seed: UInt64
  private let purpose: Purpose
  private let latents: LatentPictures
  private let scalingFactor: Double
  private let tokens: [[Int]]
  private let emptyPrompt: [Int]
  private let encoded: EncodedPrompts?
  private let device: Device

  /// Prepares the making.
  ///
  /// - Parameters:
  ///   - seed: The seed of the run.
  ///   - purpose: What the images are for.
  ///   - latents: The latent pictures of the images.
  ///   - scalingFactor: What latent pictures are multiplied by.
  ///   - tokens: The tokens of each image's prompt.
  ///   - emptyPrompt: The tokens of the empty prompt.
  ///   - encoded: What encodes prompts; `nil` if the text encoder learns.
  ///   - device: Where the model lies.
  init(
    seed: UInt64, for purpose: Purpose = .learning, _ latents: LatentPictures,
    scalingFactor: Double, tokens: [[Int]], emptyPrompt: [Int], encoded: EncodedPrompts?,
    on device: Device
  ) {
    self.seed = seed
    self.purpose = purpose
    self.latents = latents
    self.scalingFactor = scalingFactor
    self.tokens = tokens
    self.emptyPrompt = emptyPrompt
    self.encoded = encoded
    self.device = device
  }

  /// The number of images.
  var count: Int { tokens.count }

  /// A batch to learn from.
  ///
  /// - Parameters:
  ///   - positions: The images, at least one; behind the last one the list begins again, with other
  ///     draws.
  ///   - step: The number of the step.
  ///   - timestepCount: The timesteps of the noise schedule.
  ///   - noise: The noise that is mixed in.
  ///   - dropout: The share of images whose prompts are left out.
  /// - Returns: The batch.
  /// - Throws: `TensorError` if memory is short.
  func batch(
    _ positions: [Int], step: Int, timestepCount: Int, noise: TrainingNoise, dropout: Double
  ) throws(TensorError) -> NoisedBatch {
    let draws = RandomStream(seed: seed, purpose: purpose.rawValue, index: step)
    return try batch(
      positions, draws, noise,
      timesteps: positions.map { draws.index(at: Self.word($0, .timestep), below: timestepCount) },
      prompts: positions.map { position in
        draws.unit(at: Self.word(position, .dropout)) < dropout
          ? emptyPrompt : tokens[position % count]
      })
  }

  /// A batch to validate on, the same whenever it is made: timesteps are spread over the images.
  ///
  /// - Parameters:
  ///   - positions: The images, at least one.
  ///   - timestepCount: The timesteps of the noise schedule.
  /// - Returns: The batch.
  /// - Throws: `TensorError` if memory is short.
  func validationBatch(
    _ positions: [Int], timestepCount: Int
  ) throws(TensorError) -> NoisedBatch {
    let draws = RandomStream(seed: seed, purpose: "finetune.validation", index: 0)
    return try batch(
      positions, draws, TrainingNoise(),
      timesteps: positions.map { position in
        // One of each stratum: less chance than with timesteps that know nothing of each other.
        let draw = draws.index(at: Self.word(position, .timestep), below: timestepCount)
        return (position * timestepCount + draw) / count
      }, prompts: positions.map { tokens[$0] })
  }

  private func batch(
    _ positions: [Int], _ draws: RandomStream, _ noise: TrainingNoise, timesteps: [Int],
    prompts: [[Int]]
  ) throws(TensorError) -> NoisedBatch {
    func seeds(_ use: Use) -> [UInt64] {
      positions.map { draws.word(at: Self.word($0, use)) }
    }
    let latents =
      try self.latents.sample(positions.map { $0 % count }, seeds: seeds(.latent), on: device)
      * scalingFactor
    let source = try ImageNoise(seeds: seeds(.noise), on: device)
    let given: NoisedBatch.Prompts =
      if let encoded {
        .encoded(try encoded(prompts))
      } else {
        .tokens(
          try Tensor(prompts.flatMap(\.self), shape: [prompts.count, prompts[0].count])
            .converted(on: device))
      }
    return NoisedBatch(
      latents: latents, noise: try noise.draw(latents.shape, from: source), timesteps: timesteps,
      prompts: given)
  }

  /// What a word of a stream decides over.
  private enum Use: Int, CaseIterable { case timestep, latent, noise, dropout }

  /// Where the word of an image is in a stream.
  private static func word(_ position: Int, _ use: Use) -> Int {
    position * Use.allCases.count + use.rawValue
  }
}
