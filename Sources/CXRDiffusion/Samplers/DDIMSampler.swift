// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// Straight steps from one noise level to a lower one (DDIM), with or without fresh noise.
///
/// - SeeAlso: Song et al., *ICLR* 2021, <https://arxiv.org/abs/2010.02502>, equations 12 and 16.
public struct DDIMSampler: Sampler {
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
  ///   - interval: The timesteps between two steps.
  ///   - prediction: What the network predicts.
  ///   - final: How much noise the result keeps.
  ///   - eta: The share of the random walk's noise that a step adds; 0 for none.
  ///   - limit: The largest magnitude of the clean latents; `nil` for any.
  init(
    _ schedule: NoiseSchedule, timesteps: [Int], interval: Int, prediction: PredictionType,
    final: FinalSignal, eta: Double = 0, limit: Double? = nil
  ) {
    self.timesteps = timesteps.map(Double.init)
    self.limit = limit
    steps = timesteps.map { timestep in
      let share = schedule.signalShare[timestep]
      let next = final.share(at: timestep - interval, of: schedule)
      let (signal, noise) = (
        schedule.signalScale(at: timestep), schedule.noiseScale(at: timestep)
      )
      let fresh = eta * ((1 - next) / (1 - share) * (1 - share / next)).squareRoot()
      let kept = max(0, 1 - next - fresh * fresh).squareRoot()
      let direction = prediction.noise(signal: signal, noise: noise)
      return CleanStep(
        clean: prediction.clean(signal: signal, noise: noise), cleanWeight: next.squareRoot(),
        rest: .init(latents: kept * direction.latents, output: kept * direction.output),
        noiseWeight: fresh)
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
