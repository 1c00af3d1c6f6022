// SPDX-License-Identifier: Apache-2.0

extension ScoreBlocks {
  /// Computes AUROC alone in eight lanes, without the divisions of average precision.
  ///
  /// - Parameter weights: The rows' weights.
  /// - Returns: AUROC in each lane, NaN where a class is missing.
  /// - Complexity: O(*n*).
  func aurocs(_ weights: LaneWeights) -> SIMD8<Double> {
    precondition(rowBound <= weights.words.count, "a weight for every row")
    let rows = rows.span
    let words = weights.words.span
    let chunk = weights.chunkLength
    var truePositives = SIMD8<Double>.zero
    var negatives = SIMD8<Double>.zero
    var doubledWins = SIMD8<Double>.zero
    var start = 0
    for block in blocks {
      let stretchEnd = Int(block.stretchEnd)
      let positiveEnd = Int(block.positiveEnd)
      let end = Int(block.tiedNegativeEnd)
      if stretchEnd > start {
        let stretch = words.laneSum(over: rows, from: start, to: stretchEnd, chunkLength: chunk)
        doubledWins += stretch * (truePositives + truePositives)
        negatives += stretch
      }
      let before = truePositives
      truePositives += words.laneSum(
        over: rows, from: stretchEnd, to: positiveEnd, chunkLength: chunk)
      if end > positiveEnd {
        let tied = words.laneSum(over: rows, from: positiveEnd, to: end, chunkLength: chunk)
        doubledWins += tied * (before + truePositives)
        negatives += tied
      }
      start = end
    }
    let tail = words.laneSum(over: rows, from: start, to: rows.count, chunkLength: chunk)
    doubledWins += tail * (truePositives + truePositives)
    return doubledWins / (2 * truePositives * (negatives + tail))
  }
}
