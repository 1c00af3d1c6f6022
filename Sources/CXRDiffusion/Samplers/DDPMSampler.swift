// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// The random walk back that the model was trained for (DDPM), over all timesteps or a part.
///
/// - SeeAlso: Ho et al., *NeurIPS* 2020, <https://arxiv.org/abs/2006.11239>, equation 7.
public struct DDPMSampler: Sampler {
  /// The variance of the noise that a step adds.
  public enum Variance: String, CaseIterable, Codable, Sendable {
    /// That of the step back when the clean latents are known.
    case small = "fixed_small"
    /// That of the noise which the step forward added.
    case large = "fixed_large"
  }

  /// The timesteps to ask the network at, falling.
  public let timesteps: [Double]
  private let steps: [CleanStep]
  private let limit: Double?
  private var position = 0

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - schedule: The schedule that the model was trained with.
  ///   - timesteps: The timesteps to visit, falling, in the schedule's range.
  ///   - prediction: What the network predicts.
  ///   - variance: The variance of the noise that a step adds.
  ///   - limit: The largest magnitude of the clean latents; `nil` for any.
  init(
    _ schedule: NoiseSchedule, timesteps: [Int], prediction: PredictionType,
    variance: Variance = .small, limit: Double? = nil
  ) {
    self.timesteps = timesteps.map(Double.init)
    self.limit = limit
    steps = timesteps.indices.map { index in
      let timestep = timesteps[index]
      let share = schedule.signalShare[timestep]
      let next = index + 1 < timesteps.count ? schedule.signalShare[timesteps[index + 1]] : 1
      let added = 1 - share / next
      let spread = variance == .small ? (1 - next) / (1 - share) * added : added
      return CleanStep(
        clean: prediction.clean(
          signal: schedule.signalScale(at: timestep), noise: schedule.noiseScale(at: timestep)),
        cleanWeight: next.squareRoot() * added / (1 - share),
        rest: .init(latents: (1 - added).squareRoot() * (1 - next) / (1 - share), output: 0),
        noiseWeight: timestep == 0 ? 0 : spread.squareRoot())
    }
  }

  /// Makes the next step.
  public mutating func step(
    _ output: Tensor, from latents: Tensor, noise: some NoiseSource
  ) throws(TensorError) -> Tensor {
    defer { position += 1 }
    return try steps[position].latents(output, from: latents, limit: limit, noise: noise)
  }
}
