// SPDX-License-Identifier: Apache-2.0

/// An error raised while images are chosen, ordered or prepared for a model.
public struct TrainingDataError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// There is nothing to learn from.
    case noImages
    /// Labels are missing that are needed.
    case noTargets
    /// More images are asked for than there are.
    case tooFewImages
    /// A radiograph occurs twice.
    case repeatedImage
    /// A patient occurs where it must not.
    case sharedPatient
    /// Images or labels of two sources do not fit together.
    case unfitSources
    /// A text is no mix and no strategy.
    case unknownWord
    /// An image cannot be read or prepared.
    case unreadableImage
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
  ///   - message: What was expected, what was found, and the remedy, without data of a patient.
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
