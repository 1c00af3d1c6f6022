// SPDX-License-Identifier: Apache-2.0

/// What opens every document: what was asked, the answer in one paragraph, and the warnings.
public struct Summary: Codable, Hashable, Sendable {
  /// What was asked, in one sentence.
  public let question: String
  /// The answer, in one paragraph.
  public let answer: String
  /// What a reader must know before quoting a number: small groups, undefined cells, labels used.
  public let warnings: [String]

  /// Creates a summary.
  ///
  /// - Parameters:
  ///   - question: What was asked, in one sentence.
  ///   - answer: The answer, in one paragraph.
  ///   - warnings: What a reader must know before quoting a number.
  public init(question: String, answer: String, warnings: [String]) {
    self.question = question
    self.answer = answer
    self.warnings = warnings
  }
}
