// SPDX-License-Identifier: Apache-2.0

/// An error raised while reading or writing a file.
public struct FileError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The file or folder does not exist.
    case missing
    /// The file exists but cannot be read.
    case unreadable
    /// The file ends in the middle of a compressed stream.
    case truncated
    /// The file ends in the middle of a record.
    case unfinished
    /// The content breaks the rules of its format.
    case malformed
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
