// SPDX-License-Identifier: Apache-2.0

/// What a run of fine-tuning is bound to beside its model and images: `run.json` holds it.
struct FineTuningSettings: Hashable, Codable, Sendable {
  /// How the model is fine-tuned.
  let learning: FineTuningConfiguration
  /// The kind of device: on another one the same steps give other bits.
  let device: String
  /// A digest of the tokens of all prompts.
  let tokens: String
}
