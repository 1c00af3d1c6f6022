// SPDX-License-Identifier: Apache-2.0

/// What a run is bound to: its settings and its models.
public struct RunRecord: Codable, Hashable, Sendable {
  /// The settings.
  public let settings: GenerationSettings
  /// The digest of the prompt set.
  public let promptSetDigest: String
  /// The model that makes the images.
  public let generator: ModelIdentity
  /// The models that check them.
  public let judges: [ModelIdentity]
}
