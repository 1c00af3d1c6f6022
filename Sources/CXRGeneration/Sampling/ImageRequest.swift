// SPDX-License-Identifier: Apache-2.0

/// What an image is made from.
public struct ImageRequest: Hashable, Sendable {
  /// The prompt.
  public let prompt: String
  /// The seed of all noise of this image, below 2⁶³.
  public let seed: UInt64

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - prompt: The prompt.
  ///   - seed: The seed of all noise of this image, below 2⁶³.
  public init(prompt: String, seed: UInt64) {
    self.prompt = prompt
    self.seed = seed
  }
}
