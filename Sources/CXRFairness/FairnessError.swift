// SPDX-License-Identifier: Apache-2.0

/// Why a fairness analysis cannot be carried out.
public struct FairnessError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Codable, Sendable {
    /// An attribute has a name that is not known.
    case unknownAttribute
    /// No row is in any group.
    case noGroups
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
