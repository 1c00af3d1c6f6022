// SPDX-License-Identifier: Apache-2.0

/// An error raised while writing a report.
public struct ReportError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The folder holds files that are not an earlier report.
    case folderNotEmpty
    /// The folder cannot be created or written to.
    case unwritable
    /// gnuplot, which draws the figures, is not installed.
    case gnuplotMissing
    /// gnuplot was started and failed.
    case gnuplotFailed
    /// The index of a study contradicts itself.
    case badIndex
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
