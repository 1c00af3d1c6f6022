// SPDX-License-Identifier: Apache-2.0

/// What a record that cannot be used costs.
public struct BadRecordPolicy: Codable, Hashable, Sendable {
  /// Whether warnings are failures.
  public enum Strictness: String, Codable, Sendable {
    /// Warnings are reported.
    case lenient
    /// Warnings are failures.
    case strict
  }

  /// The most records that may be skipped; one more fails.
  public var maximumBadRecordCount: Int
  /// Whether warnings are failures.
  public var strictness: Strictness

  /// Creates a policy.
  ///
  /// - Parameters:
  ///   - maximumBadRecordCount: The most records that may be skipped.
  ///   - strictness: Whether warnings are failures.
  public init(maximumBadRecordCount: Int = 0, strictness: Strictness = .lenient) {
    self.maximumBadRecordCount = maximumBadRecordCount
    self.strictness = strictness
  }
}
