// SPDX-License-Identifier: Apache-2.0

/// An error raised while reading, writing or using a sampler's configuration.
public struct SamplerError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The file cannot be read or written.
    case unreadable
    /// The file is no configuration, or a value is of the wrong kind or out of range.
    case malformed
    /// A sampler or a value that is not known here.
    case unsupported
    /// The sampler cannot make as many steps.
    case stepCount
  }

  /// The kind of failure.
  public let code: Code
  /// What was expected, what was found, and the remedy.
  public let message: String
  /// The underlying error, if any.
  public let cause: (any Error)?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What was expected, what was found, and the remedy.
  ///   - cause: The underlying error, if any.
  public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  /// The message and its cause.
  public var description: String { message + (cause.map { " (\($0))" } ?? "") }
}
