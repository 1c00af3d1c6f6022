// SPDX-License-Identifier: Apache-2.0

/// One model's scores for one label, sorted once by descending score.
///
/// Every rank statistic – curves, AUROC, average precision, thresholds, resampling – walks this
/// order, so sorting happens once per (label, model, group).
public struct RankedScores: Sendable {
  /// The row of each position in the caller's table, by descending score; positives come first
  /// within a tie, then lower rows.
  public let rows: [UInt32]
  /// The score at each position, descending.
  public let scores: [Double]
  /// Whether the row at each position is positive.
  public let isPositive: [Bool]
  /// The position after the last of each group of tied scores, ascending.
  public let tieEnds: [Int]
  /// The number of positive rows.
  public let positiveCount: Int

  /// The number of rows.
  public var count: Int { rows.count }
  /// The number of negative rows.
  public var negativeCount: Int { count - positiveCount }

  /// Sorts scores with their labels.
  ///
  /// - Parameters:
  ///   - scores: One finite score per radiograph, shape `[n]`; higher means positive.
  ///   - labels: `true` for positive, shape `[n]`.
  ///   - rows: The row of each entry in a larger table, shape `[n]`; the entry's own position when
  ///     absent. Resampling weights are looked up by it.
  /// - Throws: ``StatisticsError`` with code `.nonFinite`, naming the row, if a score is NaN or
  ///   infinite.
  /// - Precondition: The arrays have the same count, and rows lie in 0 ..< 2³².
  /// - Complexity: O(*n*) from a thousand rows on when `rows` ascend; O(*n* log *n*) otherwise.
  public init(scores: [Double], labels: [Bool], rows: [Int]? = nil) throws(StatisticsError) {
    let count = scores.count
    precondition(labels.count == count, "one label per score")
    precondition(rows.map { $0.count == count } ?? true, "one row per score")
    if let bad = scores.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsError(nonFiniteScoreAtRow: rows?[bad] ?? bad)
    }
    let entries = Self.sortedEntries(scores: scores, labels: labels, rows: rows)
    self.rows = entries.map { UInt32(truncatingIfNeeded: $0.tag) }
    self.scores = entries.map { Self.double(orderedBits: ~$0.key) }
    self.isPositive = entries.map { $0.tag < Self.negativeTag }
    self.tieEnds = entries.indices.filter { index in
      index + 1 == count || entries[index + 1].key != entries[index].key
    }.map { $0 + 1 }
    self.positiveCount = labels.count { $0 }
  }

  /// The part of a negative row's tag that places it after the positive rows of its tie.
  private static let negativeTag: UInt64 = 1 << 32

  /// Sorts by key, then tag: descending score, positives first, lower rows first.
  private static func sortedEntries(
    scores: [Double], labels: [Bool], rows: [Int]?
  ) -> [RadixSort.Entry] {
    var entries: [RadixSort.Entry] = []
    entries.reserveCapacity(scores.count)
    for wanted in [true, false] {
      for index in scores.indices where labels[index] == wanted {
        entries.append(
          RadixSort.Entry(
            key: ~orderedBits(scores[index]),
            tag: (wanted ? 0 : negativeTag) | UInt64(rows?[index] ?? index)))
      }
    }
    // The radix sort keeps the order of tags within a tie, which must therefore be right already.
    let areRowsAscending = rows.map { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } } ?? true
    if areRowsAscending && entries.count >= RadixSort.worthwhileCount {
      RadixSort.sort(&entries)
    } else {
      entries.sort { ($0.key, $0.tag) < ($1.key, $1.tag) }
    }
    return entries
  }

  /// Maps a finite number to bits whose unsigned order is the numeric order; −0 equals 0.
  private static func orderedBits(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  private static func double(orderedBits bits: UInt64) -> Double {
    Double(bitPattern: bits >> 63 == 1 ? bits & ~(1 << 63) : ~bits)
  }
}
