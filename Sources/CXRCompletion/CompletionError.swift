// SPDX-License-Identifier: Apache-2.0

/// An error raised while a language model is asked to complete a text.
public struct CompletionError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The URL of the server is none, or not safe to send reports to.
    case invalidURL
    /// The environment variable of the key is not set.
    case missingKey
    /// The server cannot be reached, or does not answer in time.
    case unreachable
    /// The server refuses the request.
    case refused
    /// The server is overloaded or failing, and was so at every attempt.
    case overloaded
    /// The answer is not a chat completion.
    case malformedReply
  }

  /// The kind of failure.
  public let code: Code
  /// The host, the status and the remedy; never the text that was sent.
  public let message: String
  /// The underlying error, if any.
  public let cause: (any Error)?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: The host, the status and the remedy.
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
