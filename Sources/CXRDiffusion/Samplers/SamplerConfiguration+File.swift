// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

extension SamplerConfiguration {
  /// Reads a `scheduler_config.json`.
  ///
  /// Keys that the class does not have are not looked at, as diffusers does.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - kind: The sampler to read it as; `nil` for the one that the file names.
  /// - Throws: ``SamplerError`` with code `.unreadable`; `.malformed` or `.unsupported`, naming file
  ///   and key, with what is known.
  public init(file path: String, as kind: SamplerKind? = nil) throws(SamplerError) {
    let file = try SamplerFile(path: path)
    if let kind {
      self.init(kind)
    } else {
      let known = SamplerKind.allCases.map(\.rawValue)
      guard let name = file.text("_class_name") else {
        throw SamplerError(
          .malformed,
          "\(path): _class_name is missing; it must be one of \(known.joined(separator: ", ")).")
      }
      guard let kind = SamplerKind(rawValue: name) else {
        throw file.unknown("_class_name", name, known: known)
      }
      self.init(kind)
    }
    try readSchedule(file)
    try readSteps(file)
    do {
      try checkCombination()
    } catch {
      throw SamplerError(error.code, "\(path): \(error.message)")
    }
  }

  private mutating func readSchedule(_ file: SamplerFile) throws(SamplerError) {
    timestepCount = try file.integer("num_train_timesteps", timestepCount, in: 2...1_000_000)
    let betas = Double.leastNormalMagnitude...(1 - Double.ulpOfOne)
    betaStart = try file.number("beta_start", betaStart, in: betas)
    betaEnd = try file.number("beta_end", betaEnd, in: betas)
    betaShape = try file.word("beta_schedule", betaShape)
    trainedBetas = try file.numbers("trained_betas")
    if let trainedBetas {
      guard trainedBetas.count > 1, trainedBetas.allSatisfy(betas.contains) else {
        throw SamplerError(
          .malformed,
          "\(file.path): trained_betas must be at least two numbers between 0 and 1.")
      }
      guard trainedBetas.count == timestepCount else {
        throw SamplerError(
          .malformed,
          "\(file.path): there are \(trainedBetas.count) trained_betas for \(timestepCount) "
            + "num_train_timesteps; the two must agree.")
      }
    }
    prediction = try file.word("prediction_type", prediction)
    spacing = try file.word("timestep_spacing", spacing)
    stepsOffset = try file.integer("steps_offset", stepsOffset, in: 0...(timestepCount - 1))
    if kind != .pndm {
      terminal = try file.truth("rescale_betas_zero_snr", false) ? .zero : .asGiven
    }
  }

  private mutating func readSteps(_ file: SamplerFile) throws(SamplerError) {
    switch kind {
    case .ddpm:
      try readLimit(file)
      variance = try file.word("variance_type", variance)
    case .ddim:
      try readLimit(file)
      try readFinalSignal(file)
    case .pndm:
      try readFinalSignal(file)
      try file.require(file.truth("skip_prk_steps", false), true, at: "skip_prk_steps")
    case .dpmSolver:
      try refuse(
        [
          "thresholding", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas",
          "use_flow_sigmas", "use_dynamic_shifting",
        ], in: file)
      try file.requireNone("variance_type")
      try readSigmas(file)
      try readSolver(file)
    case .euler:
      try refuse(["use_exponential_sigmas", "use_beta_sigmas"], in: file)
      try file.require(
        file.text("interpolation_type") ?? "linear", "linear", at: "interpolation_type")
      try file.require(file.text("timestep_type") ?? "discrete", "discrete", at: "timestep_type")
      try file.requireNone("sigma_min")
      try file.requireNone("sigma_max")
      try readSigmas(file)
    case .eulerAncestral: break
    }
  }

  private mutating func readLimit(_ file: SamplerFile) throws(SamplerError) {
    try refuse(["thresholding"], in: file)
    let range = try file.number("clip_sample_range", 1, in: 0...Double.greatestFiniteMagnitude)
    cleanLimit = try file.truth("clip_sample", true) ? range : nil
  }

  private mutating func readFinalSignal(_ file: SamplerFile) throws(SamplerError) {
    let isClean = try file.truth("set_alpha_to_one", finalSignal == .clean)
    finalSignal = isClean ? .clean : .firstTimestep
  }

  private mutating func readSigmas(_ file: SamplerFile) throws(SamplerError) {
    sigmas = try file.truth("use_karras_sigmas", false) ? .karras : .schedule
    finalSigma = try file.word("final_sigmas_type", finalSigma)
  }

  private mutating func readSolver(_ file: SamplerFile) throws(SamplerError) {
    solver.equation = try file.word("algorithm_type", solver.equation)
    solver.order = try file.integer("solver_order", solver.order, in: 1...3)
    solver.slope = try file.word("solver_type", solver.slope)
    solver.lowersLastOrders = try file.truth("lower_order_final", solver.lowersLastOrders)
    solver.endsWithFirstOrder = try file.truth("euler_at_final", solver.endsWithFirstOrder)
    leastLogRatio = try file.number(
      "lambda_min_clipped", leastLogRatio, in: -Double.infinity...0)
  }

  private func refuse(_ keys: [String], in file: SamplerFile) throws(SamplerError) {
    for key in keys { try file.require(file.truth(key, false), false, at: key) }
  }
}
