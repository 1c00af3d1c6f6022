// SPDX-License-Identifier: Apache-2.0

/// An error raised while patients are divided into parts.
public struct SplitError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// A share, a name or a combination of them has no meaning.
    case invalidOption
    /// A part would have no patient.
    case emptyPart
    /// The dataset lacks what the method needs.
    case unsuitableDataset
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
