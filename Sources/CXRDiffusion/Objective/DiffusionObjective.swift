// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// What a diffusion network is trained to minimise: the squared error of what it predicts, averaged
/// over each image and then over images with weights.
///
///     let objective = DiffusionObjective(.stableDiffusion, predicting: .epsilon, snrGamma: 5)
///     let noised = try objective.schedule.noised(latents, with: noise, at: timesteps)
///     let loss = try objective.loss(
///       of: network(noised, timesteps), latents: latents, noise: noise, at: timesteps)
///     try loss.mean().backward()
public struct DiffusionObjective: Hashable, Sendable {
  /// The noise schedule.
  public let schedule: NoiseSchedule
  /// What the network predicts.
  public let prediction: PredictionType
  /// Where Min-SNR weights cut the signal-to-noise ratio off; `nil` for equal weights.
  public let snrGamma: Double?

  /// Creates an objective.
  ///
  /// - Parameters:
  ///   - schedule: The noise schedule.
  ///   - prediction: What the network predicts.
  ///   - snrGamma: Where Min-SNR weights cut the signal-to-noise ratio off, above 0; 5 is usual.
  /// - Precondition: `snrGamma` is above 0.
  public init(
    _ schedule: NoiseSchedule, predicting prediction: PredictionType, snrGamma: Double? = nil
  ) {
    precondition(snrGamma.map { $0 > 0 } ?? true, "a Min-SNR gamma is above 0")
    self.schedule = schedule
    self.prediction = prediction
    self.snrGamma = snrGamma
  }

  /// The loss of a batch of images.
  ///
  /// - Parameters:
  ///   - output: What the network said of the noised latents.
  ///   - latents: The clean latents, the first axis of which is the image.
  ///   - noise: The noise to be predicted, of the latents' shape.
  ///   - timesteps: One per image, in the schedule's range.
  ///   - weights: What each image counts for, not negative; 1 when left out.
  /// - Returns: Σ weight · Min-SNR weight · mean squared error, with Σ weight.
  /// - Throws: `TensorError` with code `.refused` if the shapes do not fit.
  /// - Precondition: There is one timestep, and one weight, per image.
  public func loss(
    of output: Tensor, latents: Tensor, noise: Tensor, at timesteps: [Int],
    weights: [Double]? = nil
  ) throws(TensorError) -> WeightedLoss {
    let weights = weights ?? Array(repeating: 1, count: timesteps.count)
    precondition(weights.count == timesteps.count, "\(weights.count) weights")
    let errors = try imageErrors(
      output, schedule.target(of: prediction, latents: latents, noise: noise, at: timesteps))
    let factors = zip(weights, timesteps).map { $0 * snrWeight(at: $1) }
    return WeightedLoss(
      sum: try (errors * column(factors, on: errors.device)).sum(),
      weight: try Tensor.full(weights.reduce(0, +), shape: [], on: errors.device))
  }

  /// The loss of images to be learned beside images that keep what the model knows of their class
  /// (DreamBooth's prior preservation).
  ///
  /// - Parameters:
  ///   - output: What the network said of the noised latents.
  ///   - latents: The clean latents: first the images to be learned, then those of the class.
  ///   - noise: The noise to be predicted, of the latents' shape.
  ///   - timesteps: One per image; each image's own is what its Min-SNR weight is made of.
  ///   - classCount: How many of the images are of the class; at least 1, and not all.
  ///   - priorWeight: What the class's loss counts for, not negative.
  /// - Returns: The mean loss of the images to be learned plus `priorWeight` times that of the
  ///   class, with the weight 1.
  /// - Throws: `TensorError` with code `.refused` if the shapes do not fit.
  /// - Precondition: There is one timestep per image; there are images of both kinds.
  /// - SeeAlso: Ruiz et al., *CVPR* 2023, <https://arxiv.org/abs/2208.12242>, equation 2.
  public func loss(
    of output: Tensor, latents: Tensor, noise: Tensor, at timesteps: [Int], classCount: Int,
    priorWeight: Double
  ) throws(TensorError) -> WeightedLoss {
    let learned = timesteps.count - classCount
    precondition(learned > 0 && classCount > 0, "\(learned) images beside \(classCount)")
    let weights =
      Array(repeating: 1 / Double(learned), count: learned)
      + Array(repeating: priorWeight / Double(classCount), count: classCount)
    let sum = try loss(
      of: output, latents: latents, noise: noise, at: timesteps, weights: weights
    ).sum
    return WeightedLoss(sum: sum, weight: try Tensor.full(1, shape: [], on: sum.device))
  }

  /// What an image's loss is multiplied by at a timestep.
  func snrWeight(at timestep: Int) -> Double {
    guard let snrGamma else { return 1 }
    return schedule.minSNRWeight(at: timestep, gamma: snrGamma, of: prediction)
  }

  /// The mean squared error of each image, worked out in float32.
  private func imageErrors(_ output: Tensor, _ target: Tensor) throws(TensorError) -> Tensor {
    guard output.shape == target.shape else {
      throw TensorError(
        .refused, "a network's output is \(output), but \(target) is to be predicted")
    }
    let difference =
      try output.converted(to: .float32) - target.converted(to: .float32)
    return try difference.squared().flattened(from: 1).mean(along: [1])
  }

  private func column(_ values: [Double], on device: Device) throws(TensorError) -> Tensor {
    try Tensor(values, shape: [values.count]).converted(to: .float32, on: device)
  }
}
