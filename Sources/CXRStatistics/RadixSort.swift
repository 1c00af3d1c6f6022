// SPDX-License-Identifier: Apache-2.0

/// A stable sort by 64-bit keys in time proportional to the number of entries.
///
/// Sorting dominates every rank statistic. Six counting passes over 11-bit digits are several
/// times faster than comparisons from a few hundred entries on, and digits that all keys share
/// are skipped.
///
/// - SeeAlso: Knuth, *The Art of Computer Programming* 3, §5.2.5.
enum RadixSort {
  /// A key and what it carries along.
  struct Entry {
    let key: UInt64
    let tag: UInt64
  }

  /// The number of entries from which counting beats comparing; clearing the counts costs as much
  /// as comparing this many.
  static let worthwhileCount = 1000

  private static let digitBits = 11
  private static let digitCount = 6
  private static let radix = 1 << digitBits

  /// Sorts entries by key; entries with equal keys keep their order.
  ///
  /// - Parameter entries: The entries to sort.
  static func sort(_ entries: inout [Entry]) {
    let mask = UInt64(radix - 1)
    var counts = [Int](repeating: 0, count: digitCount * radix)
    for entry in entries {
      for digit in 0..<digitCount {
        counts[digit * radix + Int(entry.key >> (digit * digitBits) & mask)] += 1
      }
    }
    var sorted = entries
    for digit in 0..<digitCount {
      let values = digit * radix..<(digit + 1) * radix
      if counts[values].contains(entries.count) { continue }
      var next = 0
      for value in values {
        (counts[value], next) = (next, next + counts[value])
      }
      var target = sorted.mutableSpan
      for entry in entries {
        let value = values.lowerBound + Int(entry.key >> (digit * digitBits) & mask)
        target[counts[value]] = entry
        counts[value] += 1
      }
      swap(&entries, &sorted)
    }
  }
}
