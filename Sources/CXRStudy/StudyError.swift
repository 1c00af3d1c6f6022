// SPDX-License-Identifier: Apache-2.0

/// An error raised while a study is read, planned or run.
public struct StudyError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// The manifest says something that cannot be understood or does not fit together.
    case invalidManifest
    /// A stage is asked for that the study does not have.
    case unknownStage
    /// Something that a stage needs is not there.
    case missingInput
    /// A stage ended with an error.
    case stageFailed
    /// Another process works on the study.
    case busy
    /// A program that is needed is not installed.
    case unavailable
  }

  /// The kind of failure.
  public let code: Code
  /// What was expected, what was found, and the remedy.
  public let message: String
  /// The exit status of the stage that failed.
  public let exitStatus: Int32?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What was expected, what was found, and the remedy.
  ///   - exitStatus: The exit status of the stage that failed.
  public init(_ code: Code, _ message: String, exitStatus: Int32? = nil) {
    self.code = code
    self.message = message
    self.exitStatus = exitStatus
  }

  /// One line: kind and message.
  public var description: String { "\(code.rawValue): \(message)" }
}
