// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A prompt of the catalog with the radiograph that it came from.
public struct StoredPrompt: Sendable {
  /// The prompt.
  public let prompt: PromptRecord
  /// The name of the radiograph's dataset.
  public let dataset: String
  /// The name of the image within its dataset.
  public let imageName: String
  /// The path of the image below the dataset's folder, where it is known.
  public let relativePath: String?
  /// The projection.
  public let view: View
  /// The states of the radiograph's 14 findings.
  public let findings: FindingStates
}
