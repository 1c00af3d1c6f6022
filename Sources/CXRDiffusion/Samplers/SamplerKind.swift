// SPDX-License-Identifier: Apache-2.0

/// A sampler, by the name of diffusers' class that does the same.
public enum SamplerKind: String, CaseIterable, Codable, Sendable {
  /// The random walk back that the model was trained for.
  case ddpm = "DDPMScheduler"
  /// Straight steps, with as much fresh noise as asked for.
  case ddim = "DDIMScheduler"
  /// A linear multistep method on slopes.
  case pndm = "PNDMScheduler"
  /// A multistep method on clean latents.
  case dpmSolver = "DPMSolverMultistepScheduler"
  /// Euler's method.
  case euler = "EulerDiscreteScheduler"
  /// Euler's method with fresh noise.
  case eulerAncestral = "EulerAncestralDiscreteScheduler"
}
