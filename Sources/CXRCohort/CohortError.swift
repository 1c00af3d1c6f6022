// SPDX-License-Identifier: Apache-2.0

/// An error raised while a cohort is defined or drawn up.
public struct CohortError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The definition is no YAML, or has a key or a value that it may not have.
    case invalidDefinition
    /// The definition names something that the catalog does not have.
    case unknownName
    /// Nobody is left, or there is nothing to compare.
    case empty
  }

  /// The kind of failure.
  public let code: Code
  /// What was expected, what was found, and the remedy; names file and line of a definition.
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
