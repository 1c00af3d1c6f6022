// SPDX-License-Identifier: Apache-2.0

/// What one check found about an image.
public struct GenerationVerdict: Codable, Hashable, Sendable {
  /// How a check ended.
  public enum Verdict: String, CaseIterable, Codable, Sendable {
    /// The image shows what the prompt asked for.
    case passed
    /// It shows something else.
    case failed
    /// Nothing can be said.
    case untested
  }

  /// The name of the check, such as `sex` or `finding Edema`.
  public let predicate: String
  /// How it ended.
  public let verdict: Verdict
  /// What the image was taken for, in words, if anything was told.
  public let estimate: String?
  /// The number behind the estimate: a share, a score or an age in years.
  public let score: Double?
  /// Why nothing can be said; `nil` for what was tested.
  public let reason: String?

  /// Creates a verdict.
  ///
  /// - Parameters:
  ///   - predicate: The name of the check.
  ///   - verdict: How it ended.
  ///   - estimate: What the image was taken for, in words.
  ///   - score: The number behind the estimate.
  ///   - reason: Why nothing can be said.
  /// - Precondition: There is a reason exactly for what is untested.
  public init(
    predicate: String, _ verdict: Verdict, estimate: String? = nil, score: Double? = nil,
    reason: String? = nil
  ) {
    precondition((verdict == .untested) == (reason != nil), "a reason for what is untested")
    self.predicate = predicate
    self.verdict = verdict
    self.estimate = estimate
    self.score = score
    self.reason = reason
  }
}
