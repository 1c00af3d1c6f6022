// SPDX-License-Identifier: Apache-2.0

/// A token that is cut out of running text before words are looked for.
struct AddedToken: Sendable {
  /// The text to cut out, as it is spelled where it is looked for; not empty.
  let bytes: [UInt8]
  /// The id it becomes.
  let token: Int32
  /// Whether it is looked for after normalisation, that is in any case.
  let isNormalized: Bool

  /// Creates a token.
  ///
  /// - Parameters:
  ///   - content: The text to cut out, not empty.
  ///   - token: The id it becomes.
  ///   - isNormalized: Whether it is looked for after normalisation.
  init(_ content: String, token: Int32, isNormalized: Bool) {
    let raw = Array(content.utf8)
    bytes = isNormalized ? NormalizedText(raw[...]).bytes : raw
    self.token = token
    self.isNormalized = isNormalized
  }
}
