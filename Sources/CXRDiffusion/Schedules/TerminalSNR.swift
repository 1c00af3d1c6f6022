// SPDX-License-Identifier: Apache-2.0

/// How much signal the last step of a noise schedule leaves.
public enum TerminalSNR: String, CaseIterable, Codable, Sendable {
  /// As much as the betas say: for Stable Diffusion a little.
  case asGiven
  /// None: the schedule is shifted so that the last step is pure noise.
  ///
  /// - SeeAlso: Lin et al., *WACV* 2024, <https://arxiv.org/abs/2305.08891>.
  case zero
}
