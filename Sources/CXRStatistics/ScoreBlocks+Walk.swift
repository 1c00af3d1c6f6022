// SPDX-License-Identifier: Apache-2.0

/// AUROC and average precision of eight resamples; NaN where a resample leaves one undefined.
struct LaneStatistics: Sendable {
  let auroc: SIMD8<Double>
  let averagePrecision: SIMD8<Double>
}

extension ScoreBlocks {
  /// Computes both rank statistics in eight resamples with one walk.
  ///
  /// Counts are integers below 2⁵³ held in doubles, so they are exact; AUROC takes one division,
  /// average precision one per block.
  ///
  /// - Parameter weights: The rows' weights.
  /// - Returns: AUROC and average precision in each lane.
  /// - Complexity: O(*n*).
  func statistics(_ weights: LaneWeights) -> LaneStatistics {
    precondition(rowBound <= weights.words.count, "a weight for every row")
    let rows = rows.span
    let words = weights.words.span
    let chunk = weights.chunkLength
    let one = SIMD8<Double>(repeating: 1)
    var truePositives = SIMD8<Double>.zero
    var falsePositives = SIMD8<Double>.zero
    var doubledWins = SIMD8<Double>.zero
    var precisionSum = SIMD8<Double>.zero
    var start = 0
    for block in blocks {
      let stretchEnd = Int(block.stretchEnd)
      let positiveEnd = Int(block.positiveEnd)
      let end = Int(block.tiedNegativeEnd)
      let stretch = words.laneSum(over: rows, from: start, to: stretchEnd, chunkLength: chunk)
      let positives = words.laneSum(
        over: rows, from: stretchEnd, to: positiveEnd, chunkLength: chunk)
      let before = truePositives + truePositives
      doubledWins += stretch * before
      falsePositives += stretch
      if end > positiveEnd {
        let tied = words.laneSum(over: rows, from: positiveEnd, to: end, chunkLength: chunk)
        doubledWins += tied * (before + positives)
        falsePositives += tied
      }
      truePositives += positives
      let selected = truePositives + falsePositives
      // Where nothing is selected yet, no positive was added: 0 · 0 / 1.
      precisionSum +=
        positives * truePositives / selected.replacing(with: one, where: selected .< one)
      start = end
    }
    let tail = words.laneSum(over: rows, from: start, to: rows.count, chunkLength: chunk)
    doubledWins += tail * (truePositives + truePositives)
    let negatives = falsePositives + tail
    // Without a class the quotient is 0 / 0: undefined, as it should be.
    return LaneStatistics(
      auroc: doubledWins / (2 * truePositives * negatives),
      averagePrecision: precisionSum / truePositives)
  }
}
