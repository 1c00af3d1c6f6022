// SPDX-License-Identifier: Apache-2.0

/// A set of ids of the catalog: they are dense, so that one bit each costs less than hashing.
struct IDSet {
  private var words: [UInt64] = []
  /// The number of ids in the set.
  private(set) var count = 0

  /// Creates an empty set.
  init() {}

  /// Creates a set of ids.
  init(_ ids: some Sequence<Int64>) {
    for id in ids { insert(id) }
  }

  /// Adds an id, which is not negative.
  mutating func insert(_ id: Int64) {
    let word = Int(id >> 6)
    if word >= words.count {
      words += repeatElement(0, count: Swift.max(word + 1 - words.count, words.count))
    }
    let bit = UInt64(1) << UInt64(id & 63)
    if words[word] & bit == 0 {
      words[word] |= bit
      count += 1
    }
  }

  /// Whether an id is in the set.
  func contains(_ id: Int64) -> Bool {
    let word = Int(id >> 6)
    return word < words.count && words[word] & (1 << UInt64(id & 63)) != 0
  }
}
