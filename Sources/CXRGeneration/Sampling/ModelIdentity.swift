// SPDX-License-Identifier: Apache-2.0

/// What identifies a model and how it is used, so that a run is never continued with another one.
public struct ModelIdentity: Codable, Hashable, Sendable {
  /// A name for people.
  public let name: String
  /// The SHA-256 of the weights, or what else identifies them.
  public let digest: String
  /// Every setting that bears on what the model gives, such as steps and guidance.
  public let settings: [String: String]

  /// Creates an identity.
  ///
  /// - Parameters:
  ///   - name: A name for people.
  ///   - digest: The SHA-256 of the weights, or what else identifies them.
  ///   - settings: Every setting that bears on what the model gives.
  public init(name: String, digest: String, settings: [String: String] = [:]) {
    self.name = name
    self.digest = digest
    self.settings = settings
  }
}
