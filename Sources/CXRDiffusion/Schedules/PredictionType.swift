// SPDX-License-Identifier: Apache-2.0

/// What a diffusion network says about noised latents.
///
/// With latents *x* = *a* · clean + *s* · noise, where *a*² + *s*² = 1, any one of the three gives
/// the other two. The raw values are the words of diffusers' `prediction_type`.
public enum PredictionType: String, CaseIterable, Codable, Sendable {
  /// The noise; Stable Diffusion 1 and 2-base.
  case epsilon
  /// *a* · noise − *s* · clean; Stable Diffusion 2 at 768 pixels.
  ///
  /// - SeeAlso: Salimans & Ho, *ICLR* 2022, <https://arxiv.org/abs/2202.00512>.
  case velocity = "v_prediction"
  /// The clean latents.
  case sample

  /// A sum of noised latents and the network's output.
  struct Mixture: Hashable, Sendable {
    /// What the latents are multiplied by.
    var latents: Double
    /// What the output is multiplied by.
    var output: Double
  }

  /// The clean latents, of latents that are `signal` · clean + `noise` · noise.
  func clean(signal: Double, noise: Double) -> Mixture {
    switch self {
    case .epsilon: Mixture(latents: 1 / signal, output: -noise / signal)
    case .velocity: Mixture(latents: signal, output: -noise)
    case .sample: Mixture(latents: 0, output: 1)
    }
  }

  /// The noise, of latents that are `signal` · clean + `noise` · noise.
  func noise(signal: Double, noise: Double) -> Mixture {
    switch self {
    case .epsilon: Mixture(latents: 0, output: 1)
    case .velocity: Mixture(latents: noise, output: signal)
    case .sample: Mixture(latents: 1 / noise, output: -signal / noise)
    }
  }
}
