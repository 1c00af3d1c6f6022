// SPDX-License-Identifier: Apache-2.0

/// An error raised while loading a tokenizer or making a prompt.
public struct TextError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// A file of the tokenizer is absent.
    case missing
    /// A file of the tokenizer breaks the rules of its format.
    case malformed
    /// A file is well formed, but of a tokenizer of another kind.
    case unsupported
    /// A prompt template breaks its rules or names a field that does not exist.
    case invalidTemplate
    /// A prompt template needs a value that a record does not have.
    case missingValue
  }

  /// The kind of failure.
  public let code: Code
  /// What was expected, what was found, and the remedy; never a patient's data.
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
