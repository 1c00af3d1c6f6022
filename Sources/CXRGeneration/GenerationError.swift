// SPDX-License-Identifier: Apache-2.0

/// An error raised while images are generated, checked or chosen.
public struct GenerationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// A setting that no run can have.
    case invalidSetting
    /// A generator or a judge gave something else than was asked for.
    case unusableModel
    /// There is nothing to generate, or nothing was accepted.
    case empty
    /// There is no checkpoint, or nothing to compare them by.
    case nothingToChoose
    /// Runs that cannot be set beside one another: of other prompts, or not finished.
    case incomparableRuns
    /// There is no real image to compare with.
    case noRealImage
    /// There are too few images for a statistic.
    case tooFewImages
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
