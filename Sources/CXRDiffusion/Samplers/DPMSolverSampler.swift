// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import CXRTensor

/// A multistep method of order 1 to 3 on the clean latents that the network gives (DPM-Solver++).
///
/// - SeeAlso: Lu et al., <https://arxiv.org/abs/2211.01095>, algorithm 2.
public struct DPMSolverSampler: Sampler {
  /// The timesteps to ask the network at, falling.
  public let timesteps: [Double]
  private let steps: [Step]
  private var position = 0
  /// Clean latents of up to three steps, the latest last.
  private var cleans: [Tensor] = []

  /// A step to a sum of the latents, the clean latents of the last steps and fresh noise.
  private struct Step {
    let clean: PredictionType.Mixture
    let latents: Double
    /// Of the latest clean latents first.
    let cleans: [Double]
    let noise: Double
  }

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - path: The timesteps and noise levels.
  ///   - prediction: What the network predicts.
  ///   - solver: How steps are made.
  init(_ path: SigmaPath, prediction: PredictionType, solver: DPMSolver) {
    timesteps = path.timesteps
    let levels = path.sigmas.map(Level.init)
    steps = path.timesteps.indices.map { index in
      let (from, next) = (levels[index], levels[index + 1])
      let order = solver.order(
        of: index, of: path.timesteps.count, endsClean: path.sigmas.last == 0)
      // How far a step goes in ln(signal / noise); without end in a step to no noise.
      let width = next.logRatio - from.logRatio
      let decay = exp(-width)
      let isRandom = solver.equation == .stochastic
      let gain = isRandom ? 1 - decay * decay : 1 - decay
      return Step(
        clean: prediction.clean(signal: from.signal, noise: from.noise),
        latents: next.noise / from.noise * (isRandom ? decay : 1),
        cleans: Self.cleanWeights(
          earlier: (1..<max(1, order)).map {
            (levels[index - $0 + 1].logRatio - levels[index - $0].logRatio) / width
          },
          width: isRandom ? 2 * width : width, gain: gain, slope: solver.slope
        ).map { next.signal * $0 },
        noise: isRandom ? next.noise * gain.squareRoot() : 0)
    }
  }

  /// What the clean latents of the last steps are multiplied by, but for the signal.
  ///
  /// - Parameters:
  ///   - earlier: The widths of the earlier steps as multiples of this one's, the latest first: as
  ///     many as the order less 1.
  ///   - width: This step's width, doubled where noise is added.
  ///   - gain: 1 − e^−`width`.
  ///   - slope: Where the slope of a second-order step is taken.
  /// - Returns: Weights of the latest clean latents first; their sum is `gain`.
  private static func cleanWeights(
    earlier: [Double], width: Double, gain: Double, slope: DPMSolver.Slope
  ) -> [Double] {
    if earlier.isEmpty { return [gain] }
    let first = 1 - gain / width
    if earlier.count == 1 {
      let weight = (slope == .midpoint ? gain / 2 : first) / earlier[0]
      return [gain + weight, -weight]
    }
    let (near, far) = (earlier[0], earlier[1])
    // What the second difference is multiplied by in the solver's published code, which takes half
    // of what Newton's interpolation would.
    let curvature = 0.5 - (width - gain) / (width * width)
    let bend = (first * near + curvature) / (near + far)
    let newest = (first + bend) / near
    let oldest = bend / far
    return [gain + newest, -newest - oldest, oldest]
  }

  /// Makes the next step.
  public mutating func step(
    _ output: Tensor, from latents: Tensor, noise: some NoiseSource
  ) throws(TensorError) -> Tensor {
    defer { position += 1 }
    let step = steps[position]
    let clean = try weightedSum((step.clean.latents, latents), (step.clean.output, output))
    cleans = cleans.suffix(2) + [clean]
    let next = try weightedSum((step.latents, latents), (step.cleans[0], clean))
    for (weight, earlier) in zip(step.cleans, cleans.reversed()).dropFirst() {
      try next.add(earlier, times: weight)
    }
    if step.noise != 0 { try next.add(noise.normal(latents.shape), times: step.noise) }
    return next
  }
}

extension DPMSolverSampler {
  /// A noise level as shares of signal and noise whose squares add up to 1.
  private struct Level {
    let signal: Double
    let noise: Double
    /// ln(signal / noise); infinite without noise.
    let logRatio: Double

    init(sigma: Double) {
      signal = 1 / (sigma * sigma + 1).squareRoot()
      noise = sigma * signal
      logRatio = -log(sigma)
    }
  }
}
