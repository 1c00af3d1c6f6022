// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A generation run in counts, by the demographics that prompts asked for.
public struct GenerationCounts: Sendable {
  /// Sex, race and age, as far as they are stated.
  public struct Group: Hashable, Sendable {
    /// The sex.
    public let sex: Sex?
    /// The race group.
    public let race: Race?
    /// The age in years.
    public let ageYears: Double?
  }

  /// A number of images that are wanted.
  public struct Items: Sendable {
    /// What their prompts ask for.
    public let group: Group
    /// What has become of them.
    public let state: GenerationItem.State
    /// The attempts that were made at each.
    public let attemptCount: Int
    /// Whether something about the accepted image could not be tested.
    public let hasUntested: Bool
    /// Their number.
    public let count: Int
  }

  /// A number of verdicts over all attempts.
  public struct Verdicts: Sendable {
    /// What the prompts ask for.
    public let group: Group
    /// The name of the check.
    public let predicate: String
    /// How it ended.
    public let verdict: GenerationVerdict.Verdict
    /// Their number.
    public let count: Int
  }

  /// A number of attempts without an image to check.
  public struct Failures: Sendable {
    /// What the prompts ask for.
    public let group: Group
    /// The name of what went wrong.
    public let failure: String
    /// Their number.
    public let count: Int
  }

  /// The images that are wanted.
  public let items: [Items]
  /// What checks found.
  public let verdicts: [Verdicts]
  /// What went wrong with images themselves.
  public let failures: [Failures]
  /// The radiographs that the prompts came from, each once, with the patient's own demographics.
  public let sources: [(group: Group, count: Int)]
  /// The radiographs that prompts came from and that the catalog has no more.
  public let lostSourceCount: Int
}
