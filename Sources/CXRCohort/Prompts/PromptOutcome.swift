// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog

/// What became of one radiograph.
enum PromptOutcome: Sendable {
  /// Its prompts, all variations of a copy before the next copy.
  case prompts([PromptRecord])
  /// Nothing, and why, in a few words.
  case leftOut(String)
}
