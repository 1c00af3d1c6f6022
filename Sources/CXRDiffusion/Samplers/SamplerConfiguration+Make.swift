// SPDX-License-Identifier: Apache-2.0
internal import Foundation

extension SamplerConfiguration {
  /// Makes the sampler of a batch of images.
  ///
  /// - Parameter steps: How many steps lead from noise to latents, at least 1.
  /// - Returns: A sampler before its first step.
  /// - Throws: ``SamplerError`` with code `.stepCount` if the schedule does not have as many
  ///   timesteps, `.unsupported` if the sampler cannot use such a model.
  /// - Complexity: O(``timestepCount`` + `steps`), well below a millisecond.
  public func makeSampler(steps: Int) throws(SamplerError) -> any Sampler {
    try checkCombination()
    guard steps >= 1, steps <= usedTimestepCount else {
      throw SamplerError(
        .stepCount,
        "\(steps) steps are asked for; the model's schedule has \(usedTimestepCount) timesteps, so "
          + "take 1 to \(usedTimestepCount).")
    }
    switch kind {
    case .ddpm:
      return DDPMSampler(
        schedule, timesteps: try wholeTimesteps(steps), prediction: prediction,
        variance: variance, limit: cleanLimit)
    case .ddim:
      return DDIMSampler(
        schedule, timesteps: try wholeTimesteps(steps), interval: timestepCount / steps,
        prediction: prediction, final: finalSignal, eta: eta, limit: cleanLimit)
    case .pndm:
      let timesteps = try wholeTimesteps(steps)
      let interval = timestepCount / steps
      if timesteps.count > 1 { try require(timesteps[1] + interval, steps: steps) }
      return PNDMSampler(
        schedule, timesteps: timesteps, interval: interval, prediction: prediction,
        final: finalSignal)
    case .dpmSolver:
      let path = SigmaPath.dpmSolver(self, steps: steps)
      try requireFalling(path, steps: steps)
      return DPMSolverSampler(path, prediction: prediction, solver: solver)
    case .euler, .eulerAncestral:
      let path = SigmaPath.euler(self, steps: steps)
      try requireWithin(path, steps: steps)
      return EulerSampler(
        path, prediction: prediction, course: kind == .euler ? .straight : .ancestral,
        spacing: spacing)
    }
  }

  /// How many of the schedule's timesteps, from the first on, may be visited.
  var usedTimestepCount: Int {
    guard kind == .dpmSolver, leastLogRatio > -.infinity else { return timestepCount }
    return schedule.sigmas.count { -log($0) >= leastLogRatio }
  }

  /// Refuses values that make no sense together.
  func checkCombination() throws(SamplerError) {
    if terminal == .zero, prediction == .epsilon {
      throw SamplerError(
        .unsupported,
        "a model of the noise (prediction_type epsilon) cannot be sampled from pure noise "
          + "(rescale_betas_zero_snr true): its answer there says nothing; leave one of the two.")
    }
    if kind == .pndm, prediction == .sample {
      throw SamplerError(
        .unsupported,
        "PNDMScheduler takes models of prediction_type epsilon or v_prediction, not sample; take "
          + "DDIMScheduler, for example.")
    }
    if kind == .dpmSolver, solver.order == 3, solver.equation == .stochastic {
      throw SamplerError(
        .unsupported,
        "algorithm_type sde-dpmsolver++ is known with solver_order 1 and 2, not 3; take 2.")
    }
  }

  private func wholeTimesteps(_ steps: Int) throws(SamplerError) -> [Int] {
    let timesteps = spacing.timesteps(steps, of: timestepCount, offset: stepsOffset)
      .map { Int($0.rounded(.toNearestOrEven)) }
    if let first = timesteps.first { try require(first, steps: steps) }
    return timesteps
  }

  private func require(_ timestep: Int, steps: Int) throws(SamplerError) {
    guard timestep >= timestepCount else { return }
    throw SamplerError(
      .stepCount,
      "\(steps) steps with steps_offset \(stepsOffset) would ask for timestep \(timestep); the "
        + "model's last one is \(timestepCount - 1), so take fewer steps or a smaller offset.")
  }

  private func requireWithin(_ path: SigmaPath, steps: Int) throws(SamplerError) {
    if let first = path.timesteps.first { try require(Int(first), steps: steps) }
  }

  /// Refuses paths that stand still, by whose steps DPM-Solver++ divides.
  private func requireFalling(_ path: SigmaPath, steps: Int) throws(SamplerError) {
    try requireWithin(path, steps: steps)
    guard zip(path.sigmas, path.sigmas.dropFirst()).contains(where: { $0 <= $1 }) else { return }
    throw SamplerError(
      .stepCount,
      "the noise of \(steps) steps does not fall from each to the next; take fewer steps, or "
        + "another timestep_spacing or final_sigmas_type.")
  }
}
