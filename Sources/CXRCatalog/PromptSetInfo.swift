// SPDX-License-Identifier: Apache-2.0

/// One prompt set in numbers.
public struct PromptSetInfo: Codable, Sendable {
  /// The name.
  public let name: String
  /// The template that the prompts follow.
  public let template: String
  /// The options by which the prompts were made, as a JSON object.
  public let optionsJSON: String
  /// What identifies the options and the prompts.
  public let contentDigest: String
  /// The number of prompts.
  public let promptCount: Int
  /// The number of radiographs that they were made from.
  public let radiographCount: Int
  /// The number of prompts whose impression was shortened.
  public let shortenedCount: Int
  /// The largest number of tokens of a prompt, where they were counted.
  public let largestTokenCount: Int?
  /// The command that made the prompts.
  public let commandLine: String
  /// The way from the radiographs to the prompts.
  public let flow: [Provenance.FlowStep]
}
