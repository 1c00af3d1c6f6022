// SPDX-License-Identifier: Apache-2.0

/// An error raised while reading or writing an image or its header.
public struct ImageError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The file does not exist.
    case missing
    /// The file exists but cannot be read.
    case unreadable
    /// The file ends in the middle of an element.
    case truncated
    /// The content breaks the rules of its format.
    case malformed
    /// The content is stored in a way that is not read here.
    case unsupported
    /// The content asks for more than a limit allows.
    case tooLarge
    /// A value does not fit the element that it is meant for.
    case unfitValue
    /// The sides of an image do not fit what is to be done with it.
    case unfitSize
    /// The file cannot be written.
    case unwritable
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

  /// One line: kind, message, cause.
  public var description: String {
    "\(code.rawValue): \(message)" + (cause.map { " (\($0))" } ?? "")
  }
}
