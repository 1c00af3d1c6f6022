// SPDX-License-Identifier: Apache-2.0

/// What a writing method did to the catalog.
public enum WriteOutcome: String, Codable, Sendable {
  /// There was nothing of the name before.
  case created
  /// What was there was replaced.
  case updated
  /// The catalog holds the same content already; nothing was written.
  case unchanged
}
