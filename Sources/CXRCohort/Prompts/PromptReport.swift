// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog

/// A prompt set in counts: what it was made from, what was left out, what is in it.
public struct PromptReport: Codable, Hashable, Sendable {
  /// A number of prompts.
  public struct Count: Codable, Hashable, Sendable {
    /// What the prompts have in common.
    public let name: String
    /// The number of prompts.
    public let count: Int
  }

  /// The name of the prompt set.
  public let name: String
  /// What was done to the catalog; `nil` when nothing was to be written.
  public var outcome: WriteOutcome?
  /// The way from the radiographs to the prompts, with everything that was left out.
  public let flow: [Provenance.FlowStep]
  /// The number of prompts.
  public let promptCount: Int
  /// The number of radiographs with at least one prompt.
  public let radiographCount: Int
  /// The number of prompts whose impression was shortened.
  public let shortenedCount: Int
  /// Prompts by the sex that they ask for.
  public let sexes: [Count]
  /// Prompts by the race group that they ask for.
  public let races: [Count]
  /// Prompts by the age that they ask for, in half-open bins.
  public let ages: [Count]
  /// Prompts by positive finding of their radiograph; a prompt may count for several.
  public let findings: [Count]
  /// Prompts by number of tokens, ten to a bin; empty when tokens were not counted.
  public let tokens: [Count]
}
