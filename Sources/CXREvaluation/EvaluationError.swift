// SPDX-License-Identifier: Apache-2.0

/// Why an evaluation cannot be made, or a part of it is undefined.
public struct EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The model does not score the label.
    case unscored
    /// The dataset does not annotate the label.
    case unannotated
    /// There are too few models, radiographs or groups for what was asked.
    case insufficient
  }

  /// The kind of failure.
  public let code: Code
  /// What is missing, and the remedy where there is one.
  public let message: String

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What is missing, and the remedy where there is one.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
