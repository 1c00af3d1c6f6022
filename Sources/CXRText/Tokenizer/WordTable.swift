// SPDX-License-Identifier: Apache-2.0

/// The words of up to 15 bytes that are one token, so that common words need no merging.
///
/// A word and its length fit into two machine words, which makes an exact key without a string.
struct WordTable: Sendable {
  /// The longest word held, in bytes.
  static let longestWord = 15

  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var token: Int32 = -1
  }

  private var entries: [Entry]
  private let shift: UInt64

  /// Creates an empty table.
  ///
  /// - Parameter capacity: The number of words it will hold at most.
  init(capacity: Int) {
    var bits: UInt64 = 4
    while 1 << bits < 2 * capacity { bits += 1 }
    entries = Array(repeating: Entry(), count: 1 << bits)
    shift = 64 - bits
  }

  /// Adds a word of 1 to ``longestWord`` bytes.
  mutating func insert(_ word: [UInt8], token: Int32) {
    let (low, high) = Self.key(word, word.indices)
    entries[slot(low, high)] = Entry(low: low, high: high, token: token)
  }

  /// Returns the token of a word, or `nil` if the word is none.
  ///
  /// - Parameters:
  ///   - bytes: A text.
  ///   - range: Where the word lies in it.
  /// - Returns: The token.
  func token(of bytes: [UInt8], in range: Range<Int>) -> Int32? {
    guard range.count <= Self.longestWord else { return nil }
    let (low, high) = Self.key(bytes, range)
    let token = entries[slot(low, high)].token
    return token < 0 ? nil : token
  }

  private static func key(_ bytes: [UInt8], _ range: Range<Int>) -> (low: UInt64, high: UInt64) {
    var low: UInt64 = 0
    var high = UInt64(range.count)
    for index in range.prefix(8) { low = low << 8 | UInt64(bytes[index]) }
    for index in range.dropFirst(8) { high = high << 8 | UInt64(bytes[index]) }
    return (low, high)
  }

  private func slot(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low ^ (high &* 0xC2B2_AE3D_27D4_EB4F)) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: (mixed ^ (mixed << 29)) >> shift)
    while entries[slot].token >= 0, entries[slot].low != low || entries[slot].high != high {
      slot = (slot &+ 1) & (entries.count &- 1)
    }
    return slot
  }
}
