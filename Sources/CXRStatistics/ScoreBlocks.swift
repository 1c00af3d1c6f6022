// SPDX-License-Identifier: Apache-2.0

/// Sorted scores cut into the only pieces that rank statistics tell apart.
///
/// A block is a stretch of negatives that tie with no positive, then the positives of one tied
/// score, then the negatives tied with them. Within a piece the order of rows is without effect,
/// so a walk adds weights there and does arithmetic at block ends only.
struct ScoreBlocks: Sendable {
  /// Where the three pieces of a block end, as positions in ``ScoreBlocks/rows``.
  struct Block: Sendable {
    let stretchEnd: UInt32
    let positiveEnd: UInt32
    let tiedNegativeEnd: UInt32
  }

  /// The rows by descending score, positives first within a tie.
  let rows: [UInt32]
  /// The blocks in order; rows after the last one are negatives below every positive.
  let blocks: [Block]
  /// One more than the largest row.
  let rowBound: Int

  /// Cuts sorted scores into blocks.
  ///
  /// - Parameter ranked: The sorted scores.
  /// - Complexity: O(*n*).
  init(_ ranked: RankedScores) {
    let blocks = ranked.ties.filter { $0.positives > 0 }.map { tie in
      Block(
        stretchEnd: UInt32(tie.positions.lowerBound),
        positiveEnd: UInt32(tie.positions.lowerBound + tie.positives),
        tiedNegativeEnd: UInt32(tie.positions.upperBound))
    }
    self.init(rows: ranked.rows, blocks: blocks)
  }

  /// Wraps rows that are cut already.
  ///
  /// - Parameters:
  ///   - rows: The rows by descending score, positives first within a tie.
  ///   - blocks: The blocks in order.
  init(rows: [UInt32], blocks: [Block]) {
    self.rows = rows
    self.blocks = blocks
    self.rowBound = rows.max().map { Int($0) + 1 } ?? 0
  }
}
