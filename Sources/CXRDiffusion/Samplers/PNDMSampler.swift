// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// A linear multistep method on the slopes that the network gives (PNDM without its Runge-Kutta
/// steps, also PLMS); the sampler of Stable Diffusion's files.
///
/// The first interval is walked twice, the second time with the mean of the slopes at both ends, so
/// the network runs once more than there are steps.
///
/// - SeeAlso: Liu et al., *ICLR* 2022, <https://arxiv.org/abs/2202.09778>, equations 9 and 12.
public struct PNDMSampler: Sampler {
  /// The timesteps to ask the network at, falling; the second one stands twice.
  public let timesteps: [Double]
  private let steps: [Step]
  private var position = 0
  /// Up to four outputs of the network, the latest last.
  private var outputs: [Tensor] = []
  /// The latents that the first interval begins with.
  private var start: Tensor?

  /// A step to a sum of the latents and the slope.
  private struct Step {
    let latents: Double
    let slope: Double
  }

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - schedule: The schedule that the model was trained with.
  ///   - timesteps: The timesteps to visit, falling, in the schedule's range.
  ///   - interval: The timesteps between two steps.
  ///   - prediction: What the network predicts: the noise or the velocity.
  ///   - final: How much noise the result keeps.
  init(
    _ schedule: NoiseSchedule, timesteps: [Int], interval: Int, prediction: PredictionType,
    final: FinalSignal
  ) {
    precondition(prediction != .sample, "PNDM needs slopes")
    var visited = timesteps
    if timesteps.count > 1 { visited.insert(timesteps[1], at: 1) }
    self.timesteps = visited.map(Double.init)
    steps = visited.enumerated().map { index, timestep in
      let from = index == 1 ? timestep + interval : timestep
      let share = schedule.signalShare[from]
      let next = final.share(at: from - interval, of: schedule)
      let weight =
        (share - next)
        / (share * (1 - next).squareRoot() + (share * (1 - share) * next).squareRoot())
      let noise = prediction.noise(
        signal: schedule.signalScale(at: from), noise: schedule.noiseScale(at: from))
      return Step(
        latents: (next / share).squareRoot() + weight * noise.latents,
        slope: weight * noise.output)
    }
  }

  /// Makes the next step.
  public mutating func step(
    _ output: Tensor, from latents: Tensor, noise: some NoiseSource
  ) throws(TensorError) -> Tensor {
    defer { position += 1 }
    let step = steps[position]
    if position == 1, let start, let first = outputs.last {
      self.start = nil
      return try weightedSum(
        (step.latents, start), (step.slope / 2, output), (step.slope / 2, first))
    }
    if position == 0 { start = latents }
    outputs = outputs.suffix(3) + [output]
    let weights: [Double] =
      switch outputs.count {
      case 1: [1]
      case 2: [3, -1].map { $0 / 2 }
      case 3: [23, -16, 5].map { $0 / 12 }
      default: [55, -59, 37, -9].map { $0 / 24 }
      }
    let next = try weightedSum((step.latents, latents))
    for (weight, output) in zip(weights, outputs.reversed()) {
      try next.add(output, times: weight * step.slope)
    }
    return next
  }
}
