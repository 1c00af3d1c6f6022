// SPDX-License-Identifier: Apache-2.0

/// Why a statistic is undefined or its input cannot be used.
public struct StatisticsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Codable, Sendable {
    /// There are no observations.
    case empty
    /// There is no positive observation.
    case noPositives
    /// There is no negative observation.
    case noNegatives
    /// There is one class only.
    case singleClass
    /// A number is NaN or infinite where a finite one is needed.
    case nonFinite
    /// An argument lies outside its range.
    case invalidArgument
    /// A denominator or a variance is zero.
    case zeroVariance
    /// More resamples were undefined than an interval may hide.
    case tooManyUndefined
    /// An iteration or a factorisation did not succeed.
    case notConverged
  }

  /// The kind of failure.
  public let code: Code
  /// What was expected, what was found, and the remedy.
  public let message: String

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What was expected, what was found, and the remedy.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The kind and the message on one line.
  public var description: String { "\(code.rawValue): \(message)" }
}
