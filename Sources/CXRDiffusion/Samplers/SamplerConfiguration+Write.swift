// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

extension SamplerConfiguration: Encodable {
  /// Encodes the object of a `scheduler_config.json`, with every value that is known here, whether
  /// or not it is the class's default.
  ///
  /// - Parameter encoder: The encoder.
  /// - Throws: `EncodingError` if a number is not finite.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: ConfigurationKey.self)
    func put(_ key: String, _ value: some Encodable) throws {
      try values.encode(value, forKey: ConfigurationKey(stringValue: key))
    }
    try put("_class_name", kind)
    try put("num_train_timesteps", timestepCount)
    try put("beta_start", betaStart)
    try put("beta_end", betaEnd)
    try put("beta_schedule", betaShape)
    try put("trained_betas", trainedBetas)
    try put("prediction_type", prediction)
    try put("timestep_spacing", spacing)
    try put("steps_offset", stepsOffset)
    if kind != .pndm { try put("rescale_betas_zero_snr", terminal == .zero) }
    switch kind {
    case .ddpm, .ddim:
      try put("clip_sample", cleanLimit != nil)
      try put("clip_sample_range", cleanLimit ?? 1)
    case .pndm: try put("skip_prk_steps", true)
    case .dpmSolver:
      try put("algorithm_type", solver.equation)
      try put("solver_order", solver.order)
      try put("solver_type", solver.slope)
      try put("lower_order_final", solver.lowersLastOrders)
      try put("euler_at_final", solver.endsWithFirstOrder)
      // Its default, minus infinity, is no number of JSON.
      if leastLogRatio.isFinite { try put("lambda_min_clipped", leastLogRatio) }
    case .euler, .eulerAncestral: break
    }
    if kind == .ddpm { try put("variance_type", variance) }
    if kind == .ddim || kind == .pndm { try put("set_alpha_to_one", finalSignal == .clean) }
    if kind == .dpmSolver || kind == .euler {
      try put("use_karras_sigmas", sigmas == .karras)
      try put("final_sigmas_type", finalSigma.rawValue)
    }
  }

  /// Writes a `scheduler_config.json`.
  ///
  /// - Parameter path: The path of the file; its folder must exist.
  /// - Throws: ``SamplerError`` with code `.unreadable` if it cannot be written.
  public func write(to path: String) throws(SamplerError) {
    do {
      try JSONDocument.write(self, to: path)
    } catch {
      throw SamplerError(.unreadable, "\(path) cannot be written.", cause: error)
    }
  }
}
