// SPDX-License-Identifier: Apache-2.0

/// An error raised while prompts are planned, made or exported.
public struct PromptError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The plan asks for something that cannot be done.
    case invalidPlan
    /// No radiograph is left to make a prompt from.
    case empty
    /// Two prompts would have the same name in an export.
    case ambiguousName
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

  /// One line: kind and message.
  public var description: String { "\(code.rawValue): \(message)" }
}
