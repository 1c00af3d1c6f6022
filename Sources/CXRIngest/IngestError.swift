// SPDX-License-Identifier: Apache-2.0

/// An error raised while reading a dataset, predictions, thresholds or a split.
public struct IngestError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// A folder or a file that is needed is not there.
    case missingInput
    /// The file is of another kind than expected.
    case wrongFile
    /// A record cannot be used.
    case badRecord
    /// Two records are of the same image.
    case duplicate
    /// A name is not in the vocabulary.
    case unknownName
    /// An option has no meaning here.
    case invalidOption
    /// Warnings were found where none are allowed.
    case warnings
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
