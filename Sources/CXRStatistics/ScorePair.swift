// SPDX-License-Identifier: Apache-2.0

/// Two models' midranks of the same rows, merged into one order.
///
/// Each row appears twice: as `2·row` with the first model's midrank and as `2·row + 1` with the
/// second's. Swapping a row's two midranks changes which of its entries belongs to which model and
/// nothing else, so a walk over this order gives both swapped models' statistics without sorting.
/// Midranks, unlike raw scores, are on one scale for both models.
struct ScorePair: Sendable {
  /// The merged order; its rows are the entries.
  let blocks: ScoreBlocks
  /// The number of positive rows.
  let positiveCount: Int
  /// The number of negative rows.
  let negativeCount: Int

  /// Merges two rankings.
  ///
  /// - Parameters:
  ///   - first: The first model's sorted scores.
  ///   - second: The second model's sorted scores of the same rows.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument` if the two differ in rows or
  ///   labels, `.noPositives` or `.noNegatives` if a class is missing.
  /// - Complexity: O(*n*).
  init(_ first: RankedScores, _ second: RankedScores) throws(StatisticsError) {
    guard first.labelByRow == second.labelByRow else {
      throw StatisticsError(
        .invalidArgument,
        "A paired test needs both models' scores for the same rows with the same labels.")
    }
    guard first.positiveCount > 0 else {
      throw StatisticsError(.noPositives, "There is no positive row.")
    }
    guard first.negativeCount > 0 else {
      throw StatisticsError(.noNegatives, "There is no negative row.")
    }
    self.positiveCount = first.positiveCount
    self.negativeCount = first.negativeCount
    self.blocks = Self.merged([first, second], count: first.count)
  }

  /// Sorts the entries by midrank in two counting passes; positives come first within a tie.
  private static func merged(_ rankings: [RankedScores], count: Int) -> ScoreBlocks {
    // Twice a midrank, counted from the highest score, is the sum of a tie's two ends.
    var starts = [Int](repeating: 0, count: 4 * count + 4)
    func bucket(_ doubledMidrank: Int, _ isPositive: Bool) -> Int {
      2 * doubledMidrank + (isPositive ? 0 : 1)
    }
    func visit(_ body: (_ bucket: Int, _ entry: UInt32) -> Void) {
      for (model, ranked) in rankings.enumerated() {
        var start = 0
        for end in ranked.tieEnds {
          for position in start..<end {
            body(
              bucket(start + end, ranked.isPositive[position]),
              2 * ranked.rows[position] + UInt32(model))
          }
          start = end
        }
      }
    }
    visit { bucket, _ in starts[bucket + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    let ends = Array(starts.dropFirst())
    var entries = [UInt32](repeating: 0, count: 2 * count)
    visit { bucket, entry in
      entries[starts[bucket]] = entry
      starts[bucket] += 1
    }
    var blocks: [ScoreBlocks.Block] = []
    for midrank in 0...2 * count {
      let positive = bucket(midrank, true)
      let start = positive == 0 ? 0 : ends[positive - 1]
      if ends[positive] > start {
        blocks.append(
          ScoreBlocks.Block(
            stretchEnd: UInt32(start), positiveEnd: UInt32(ends[positive]),
            tiedNegativeEnd: UInt32(ends[positive + 1])))
      }
    }
    return ScoreBlocks(rows: entries, blocks: blocks)
  }
}

extension RankedScores {
  /// The label of each row, to compare two rankings' rows.
  fileprivate var labelByRow: [UInt8] {
    var labels = [UInt8](repeating: 0, count: rows.max().map { Int($0) + 1 } ?? 0)
    for (row, isPositive) in zip(rows, isPositive) { labels[Int(row)] = isPositive ? 2 : 1 }
    return labels
  }
}
