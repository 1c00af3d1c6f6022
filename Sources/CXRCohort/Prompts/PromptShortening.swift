// SPDX-License-Identifier: Apache-2.0

/// What is done with an impression whose prompt has too many tokens.
public enum PromptShortening: Codable, Hashable, Sendable {
  /// The prompt is left out, and counted.
  case leaveOut
  /// Sentences are left out by the rules of `ExtractiveShortener`.
  case extractive(version: String)
  /// A language model rewrites the impression; the rules shorten what is still too long.
  case rewritten(model: String, instructionDigest: String, version: String)
}
