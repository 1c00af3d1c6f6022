// SPDX-License-Identifier: Apache-2.0

/// Which sampler makes images of a model, and for which noise schedule.
///
///     let configuration = try SamplerConfiguration(file: "model/scheduler/scheduler_config.json")
///     var sampler = try configuration.makeSampler(steps: 50)
///
/// A file names a class and those values that differ from the defaults of that class; the same file
/// read as another class takes the other's defaults for the rest.
public struct SamplerConfiguration: Hashable, Sendable {
  /// Where the noise levels of solvers come from.
  public enum Sigmas: Sendable {
    /// From the timesteps.
    case schedule
    /// From a formula that crowds them towards the small ones; the timesteps follow them.
    case karras
  }

  /// The noise level that a solver ends with.
  public enum FinalSigma: String, CaseIterable, Sendable {
    /// None.
    case zero
    /// That of the schedule's first timestep.
    case least = "sigma_min"
  }

  /// The sampler.
  public var kind: SamplerKind
  /// The number of timesteps that the model was trained with; at least 2.
  public var timestepCount = 1000
  /// The first beta of the noise schedule.
  public var betaStart = 0.0001
  /// The last beta of the noise schedule.
  public var betaEnd = 0.02
  /// The course of the betas.
  public var betaShape = BetaShape.linear
  /// Every single beta, as many as there are timesteps, in place of the course; `nil` for it.
  public var trainedBetas: [Double]?
  /// Whether the last timestep is made pure noise; not for models of the noise.
  public var terminal = TerminalSNR.asGiven
  /// What the network predicts.
  public var prediction = PredictionType.epsilon
  /// Which timesteps are visited.
  public var spacing: TimestepSpacing
  /// What leading timesteps are moved up by.
  public var stepsOffset = 0
  /// DDPM, DDIM: the largest magnitude of clean latents; `nil` for any.
  public var cleanLimit: Double?
  /// DDPM: the variance of the noise that a step adds.
  public var variance = DDPMSampler.Variance.small
  /// DDIM, PNDM: how much noise the result keeps.
  public var finalSignal: FinalSignal
  /// DDIM: the share of the random walk's noise that a step adds, from 0 to 1; no file has it.
  public var eta = 0.0
  /// DPM-Solver++: how steps are made.
  public var solver = DPMSolver()
  /// DPM-Solver++: the least ln(signal / noise) of a timestep that is visited.
  public var leastLogRatio = -Double.infinity
  /// DPM-Solver++, Euler: where the noise levels come from.
  public var sigmas = Sigmas.schedule
  /// DPM-Solver++, Euler: the noise level at the end.
  public var finalSigma = FinalSigma.zero

  /// Creates the configuration that diffusers' class has without arguments.
  ///
  /// - Parameter kind: The sampler.
  public init(_ kind: SamplerKind) {
    self.kind = kind
    switch kind {
    case .ddpm, .ddim, .pndm: spacing = .leading
    case .dpmSolver, .euler, .eulerAncestral: spacing = .linspace
    }
    cleanLimit = kind == .ddpm || kind == .ddim ? 1 : nil
    finalSignal = kind == .ddim ? .clean : .firstTimestep
  }

  /// The configuration of a sampler for Stable Diffusion 1 and 2, with the values that their files
  /// state.
  ///
  /// - Parameters:
  ///   - kind: The sampler.
  ///   - prediction: What the network predicts.
  /// - Returns: As if their file were read as that sampler's class.
  public static func stableDiffusion(
    _ kind: SamplerKind, prediction: PredictionType = .epsilon
  ) -> SamplerConfiguration {
    var configuration = SamplerConfiguration(kind)
    configuration.betaStart = 0.00085
    configuration.betaEnd = 0.012
    configuration.betaShape = .scaledLinear
    configuration.prediction = prediction
    configuration.stepsOffset = 1
    configuration.cleanLimit = nil
    configuration.finalSignal = .firstTimestep
    return configuration
  }

  /// The noise schedule.
  ///
  /// - Precondition: The betas lie between 0 and 1, and are as many as there are timesteps.
  public var schedule: NoiseSchedule {
    if let trainedBetas {
      precondition(trainedBetas.count == timestepCount, "\(trainedBetas.count) trained betas")
      return NoiseSchedule(betas: trainedBetas, terminal: terminal)
    }
    return NoiseSchedule(
      betaShape, from: betaStart, to: betaEnd, count: timestepCount, terminal: terminal)
  }
}
