// SPDX-License-Identifier: Apache-2.0

/// How much there is to do in a stage, by counts.
///
///     work.words  // "about 534,080 prompts × 75 steps"
public struct StageWork: Hashable, Sendable {
  /// The work in words.
  public let words: String
  /// What the time goes with, such as images × epochs; `nil` where a count is not known yet.
  public let amount: Double?

  /// Describes work.
  ///
  /// - Parameters:
  ///   - words: The work in words.
  ///   - amount: What the time goes with.
  public init(_ words: String, amount: Double?) {
    self.words = words
    self.amount = amount
  }
}
