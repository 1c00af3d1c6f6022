// SPDX-License-Identifier: Apache-2.0

/// The numbers of stochastic gradient descent.
public struct SGD: Hashable, Codable, Sendable {
  /// Where a step goes.
  public enum Direction: String, Codable, Sendable {
    /// Along the running sum of the gradients.
    case plain
    /// Along that sum looked at one step ahead (Nesterov).
    case nesterov
  }

  /// The weight of the past in the running sum of the gradients, at least 0 and below 1; 0 keeps no sum.
  public var momentum = 0.0
  /// The share of each weight that is added to its gradient; not negative.
  public var weightDecay = 0.0
  /// Where a step goes; without momentum both are the same.
  public var direction = Direction.plain

  /// Creates plain descent; change what differs.
  public init() {}
}
