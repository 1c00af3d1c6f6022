// SPDX-License-Identifier: Apache-2.0

/// How much noise each step of training's noise schedule adds, as a course over the steps.
///
/// The raw values are the words of diffusers' `beta_schedule`.
public enum BetaShape: String, CaseIterable, Codable, Sendable {
  /// A straight line from the first to the last.
  case linear
  /// The squares of a straight line between the roots; Stable Diffusion's.
  case scaledLinear = "scaled_linear"
  /// What makes the share of the signal a squared cosine; the first and the last are not used.
  case squaredCosine = "squaredcos_cap_v2"
}
