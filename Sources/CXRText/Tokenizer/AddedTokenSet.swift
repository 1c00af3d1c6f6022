// SPDX-License-Identifier: Apache-2.0

/// The tokens to cut out at one stage.
struct AddedTokenSet: Sendable {
  private let tokens: [AddedToken]
  private let canBegin: [Bool]

  /// Creates a set.
  ///
  /// - Parameter tokens: The tokens, in any order.
  init(_ tokens: [AddedToken]) {
    // The longest first: where two begin at the same place, the longer one is meant.
    self.tokens = tokens.sorted { ($1.bytes.count, $0.token) < ($0.bytes.count, $1.token) }
    var canBegin = Array(repeating: false, count: 256)
    for token in tokens { canBegin[Int(token.bytes[0])] = true }
    self.canBegin = canBegin
  }

  /// Walks through a text in order: the parts between the tokens, and the tokens.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - part: Takes a non-empty part between tokens.
  ///   - found: Takes the id of a token found.
  func split(_ bytes: [UInt8], part: (Range<Int>) -> Void, found: (Int32) -> Void) {
    var start = 0
    var position = 0
    while position < bytes.count {
      guard canBegin[Int(bytes[position])],
        let token = tokens.first(where: { bytes[position...].starts(with: $0.bytes) })
      else {
        position += 1
        continue
      }
      if start < position { part(start..<position) }
      found(token.token)
      position += token.bytes.count
      start = position
    }
    if start < bytes.count { part(start..<bytes.count) }
  }
}
