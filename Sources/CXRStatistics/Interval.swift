// SPDX-License-Identifier: Apache-2.0

/// A closed interval of plausible values.
public struct Interval: Codable, Hashable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// Creates an interval.
  ///
  /// - Parameters:
  ///   - lower: The lower end.
  ///   - upper: The upper end, not below `lower`.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}
