// SPDX-License-Identifier: Apache-2.0

/// An error raised while reading words that people type: policies and attributes.
public struct VocabularyError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// A word is not in the vocabulary.
    case unknownWord
    /// A name is given twice.
    case repeatedName
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

  /// Creates the error of a word that is not known, with the nearest known one or all of them.
  ///
  /// - Parameters:
  ///   - word: What somebody typed.
  ///   - kind: What the word should have named, such as `finding`.
  ///   - known: The words that there are.
  public init(unknown word: String, kind: String, known: [String]) {
    let remedy =
      known.nearest(to: word).map { "did you mean \($0)?" }
      ?? "there are \(NumberText.list(known))."
    self.init(.unknownWord, "There is no \(kind) '\(word)'; \(remedy)")
  }

  /// The kind and the message on one line.
  public var description: String { "\(code.rawValue): \(message)" }
}
