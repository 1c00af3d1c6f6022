// SPDX-License-Identifier: Apache-2.0

/// What a language model made of a text.
public struct Completion: Hashable, Sendable {
  /// The answer without surrounding white space, not empty.
  ///
  /// Nothing else of it was checked: neither its length nor its truth.
  public let text: String
  /// Whether it came from the cache, without a request.
  public let isCached: Bool
}
