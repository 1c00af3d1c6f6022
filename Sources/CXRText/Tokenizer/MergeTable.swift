// SPDX-License-Identifier: Apache-2.0

/// The merges of a byte-pair encoding: a pair of symbols → rank and merged symbol.
///
/// Open addressing over two flat arrays: one lookup is a multiplication and, nearly always, one
/// probe, which a `Dictionary` keyed by a pair of integers does not come near.
struct MergeTable: Sendable {
  /// What a pair without a merge has: larger than every merge.
  static let none = UInt64.max

  private var keys: [UInt64]
  private var merges: [UInt64]
  private let shift: UInt64

  /// Creates an empty table.
  ///
  /// - Parameter capacity: The number of merges it will hold at most.
  init(capacity: Int) {
    var bits: UInt64 = 4
    while 1 << bits < 2 * capacity { bits += 1 }
    keys = Array(repeating: Self.none, count: 1 << bits)
    merges = Array(repeating: Self.none, count: 1 << bits)
    shift = 64 - bits
  }

  /// Adds a merge; one of the same pair replaces the former.
  mutating func insert(_ left: Int32, _ right: Int32, rank: Int, merged: Int32) {
    let slot = slot(of: Self.key(left, right))
    keys[slot] = Self.key(left, right)
    merges[slot] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: merged))
  }

  /// The merge of a pair, or ``none``; merges compare by rank.
  subscript(left: Int32, right: Int32) -> UInt64 {
    merges[slot(of: Self.key(left, right))]
  }

  /// The symbol that a merge makes.
  static func symbol(of merge: UInt64) -> Int32 { Int32(truncatingIfNeeded: merge) }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// Where a key lies, or the free slot where it would.
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while keys[slot] != key, keys[slot] != Self.none { slot = (slot &+ 1) & (keys.count &- 1) }
    return slot
  }
}
