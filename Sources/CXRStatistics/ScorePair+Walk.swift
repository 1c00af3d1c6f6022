// SPDX-License-Identifier: Apache-2.0

extension ScorePair {
  /// Expands coins of rows to membership of entries in the first of the swapped models.
  ///
  /// - Parameter coins: For each row, 1 in the lanes whose permutation swaps it.
  /// - Returns: The weights that ``differences(_:)`` walks with.
  static func membership(coins: [UInt64]) -> LaneWeights {
    let ones: UInt64 = 0x0101_0101_0101_0101
    return LaneWeights(
      words: unsafe Array(unsafeUninitializedCapacity: 2 * coins.count) { words, count in
        for row in coins.indices {
          unsafe words[2 * row] = coins[row] ^ ones
          unsafe words[2 * row + 1] = coins[row]
        }
        count = 2 * coins.count
      })
  }

  /// Computes the difference of both rank statistics, first model minus second, in eight swaps.
  ///
  /// - Parameter weights: Membership of every entry in the first of the swapped models.
  /// - Returns: The differences in each lane.
  /// - Complexity: O(*n*).
  func differences(_ weights: LaneWeights) -> LaneStatistics {
    precondition(blocks.rowBound <= weights.words.count, "a weight for every entry")
    let rows = blocks.rows.span
    let words = weights.words.span
    let chunk = weights.chunkLength
    var first = Side()
    var second = Side()
    var start = 0
    for block in blocks.blocks {
      let stretchEnd = Int(block.stretchEnd)
      let positiveEnd = Int(block.positiveEnd)
      let end = Int(block.tiedNegativeEnd)
      let stretch = words.laneSum(over: rows, from: start, to: stretchEnd, chunkLength: chunk)
      let positives = words.laneSum(
        over: rows, from: stretchEnd, to: positiveEnd, chunkLength: chunk)
      let tied = words.laneSum(over: rows, from: positiveEnd, to: end, chunkLength: chunk)
      first.add(stretch: stretch, positives: positives, tied: tied)
      // Whatever is not the first model's is the second's.
      second.add(
        stretch: Double(stretchEnd - start) - stretch,
        positives: Double(positiveEnd - stretchEnd) - positives,
        tied: Double(end - positiveEnd) - tied)
      start = end
    }
    let tail = words.laneSum(over: rows, from: start, to: rows.count, chunkLength: chunk)
    first.add(tail: tail)
    second.add(tail: Double(rows.count - start) - tail)
    let positives = Double(positiveCount)
    return LaneStatistics(
      auroc: (first.doubledWins - second.doubledWins) / (2 * positives * Double(negativeCount)),
      averagePrecision: (first.precisionSum - second.precisionSum) / positives)
  }

  /// The running counts of one swapped model in eight permutations.
  private struct Side {
    var truePositives = SIMD8<Double>.zero
    var falsePositives = SIMD8<Double>.zero
    var doubledWins = SIMD8<Double>.zero
    var precisionSum = SIMD8<Double>.zero

    @inline(__always)
    mutating func add(stretch: SIMD8<Double>, positives: SIMD8<Double>, tied: SIMD8<Double>) {
      let before = truePositives + truePositives
      doubledWins += stretch * before + tied * (before + positives)
      falsePositives += stretch + tied
      truePositives += positives
      let selected = truePositives + falsePositives
      let one = SIMD8<Double>(repeating: 1)
      precisionSum +=
        positives * truePositives / selected.replacing(with: one, where: selected .< one)
    }

    @inline(__always)
    mutating func add(tail: SIMD8<Double>) {
      doubledWins += tail * (truePositives + truePositives)
    }
  }
}
