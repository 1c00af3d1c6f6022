// SPDX-License-Identifier: Apache-2.0

/// The timesteps and noise levels that a solver of differential equations visits.
struct SigmaPath {
  /// The timesteps to ask the network at, falling.
  let timesteps: [Double]
  /// σ at each timestep and at the end: one more than timesteps.
  let sigmas: [Double]

  /// The path of Euler's method: timesteps with fractions.
  static func euler(_ configuration: SamplerConfiguration, steps: Int) -> SigmaPath {
    let schedule = configuration.schedule
    let table = SigmaTable(schedule)
    let timesteps = configuration.spacing.timesteps(
      steps, of: schedule.count, offset: configuration.stepsOffset)
    let last = configuration.finalSigma == .zero ? 0 : table.sigmas[0]
    let sigmas = timesteps.map { table.sigma(at: $0) }
    guard configuration.sigmas == .karras else {
      return SigmaPath(timesteps: timesteps, sigmas: sigmas + [last])
    }
    let levels = NoiseSchedule.karras(over: sigmas[steps - 1]...sigmas[0], count: steps)
    return SigmaPath(timesteps: levels.map(table.timestep(of:)), sigmas: levels + [last])
  }

  /// The path of DPM-Solver++: whole timesteps, the last of which is not the schedule's first.
  static func dpmSolver(_ configuration: SamplerConfiguration, steps: Int) -> SigmaPath {
    let schedule = configuration.schedule
    let table = SigmaTable(schedule)
    let last = configuration.finalSigma == .zero ? 0 : table.sigmas[0]
    if configuration.sigmas == .karras {
      let levels = NoiseSchedule.karras(
        over: table.sigmas[0]...table.sigmas[schedule.count - 1], count: steps)
      return SigmaPath(
        timesteps: levels.map { table.timestep(of: $0).rounded(.toNearestOrEven) },
        sigmas: levels + [last])
    }
    let total = configuration.usedTimestepCount
    let timesteps =
      switch configuration.spacing {
      case .trailing: TimestepSpacing.trailing.timesteps(steps, of: total, offset: 0)
      case .leading, .linspace:
        configuration.spacing
          .timesteps(steps + 1, of: total, offset: configuration.stepsOffset)
          .dropLast().map { $0.rounded(.toNearestOrEven) }
      }
    return SigmaPath(timesteps: timesteps, sigmas: timesteps.map { table.sigma(at: $0) } + [last])
  }
}
