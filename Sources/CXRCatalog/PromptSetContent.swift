// SPDX-License-Identifier: Apache-2.0

/// A named list of prompts.
public struct PromptSetContent: Sendable {
  /// The name.
  public var name: String
  /// The template that the prompts follow.
  public var template: String
  /// The options by which the prompts were made, as a JSON object with sorted keys.
  public var optionsJSON: String
  /// What identifies the options and the prompts; equal digests mean that nothing has changed.
  public var contentDigest: String
  /// The prompts, in order.
  public var prompts: [PromptRecord]

  /// Creates a prompt set.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - template: The template that the prompts follow.
  ///   - optionsJSON: The options by which the prompts were made, as a JSON object.
  ///   - contentDigest: What identifies the options and the prompts.
  ///   - prompts: The prompts, in order.
  public init(
    name: String, template: String, optionsJSON: String, contentDigest: String,
    prompts: [PromptRecord]
  ) {
    self.name = name
    self.template = template
    self.optionsJSON = optionsJSON
    self.contentDigest = contentDigest
    self.prompts = prompts
  }
}
