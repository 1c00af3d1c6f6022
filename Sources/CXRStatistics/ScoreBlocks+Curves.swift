// SPDX-License-Identifier: Apache-2.0

extension ScoreBlocks {
  /// Reads both curves off at a grid in eight resamples.
  ///
  /// - Parameters:
  ///   - weights: The rows' weights.
  ///   - gridCount: The number of grid points from 0 to 1.
  /// - Returns: The true-positive rate at each false-positive rate, then the precision at each
  ///   recall; NaN where a class is missing.
  /// - Complexity: O(*n* + grid points).
  func curves(_ weights: LaneWeights, gridCount: Int) -> [SIMD8<Double>] {
    let corners = corners(weights)
    var values = [SIMD8<Double>](repeating: SIMD8(repeating: .nan), count: 2 * gridCount)
    for lane in 0..<LaneWeights.laneCount {
      let path = corners.map { corner in
        Corner(
          falsePositivesBefore: corner.falsePositivesBefore[lane],
          falsePositives: corner.falsePositives[lane], truePositives: corner.truePositives[lane])
      }
      let (roc, precision) = Self.readings(path, gridCount: gridCount)
      for point in 0..<gridCount {
        values[point][lane] = roc[point]
        values[gridCount + point][lane] = precision[point]
      }
    }
    return values
  }

  /// The end of a block on the way from the highest score to the lowest.
  private struct Corner<Count> {
    /// False positives where the tie of positives and negatives begins.
    let falsePositivesBefore: Count
    let falsePositives: Count
    let truePositives: Count
  }

  private func corners(_ weights: LaneWeights) -> [Corner<SIMD8<Double>>] {
    precondition(rowBound <= weights.words.count, "a weight for every row")
    let words = weights.words.span
    var falsePositives = SIMD8<Double>.zero
    var truePositives = SIMD8<Double>.zero
    var start = 0
    func sum(to end: Int) -> SIMD8<Double> {
      defer { start = end }
      return words.laneSum(
        over: rows.span, from: start, to: end, chunkLength: weights.chunkLength)
    }
    var corners = blocks.map { block in
      falsePositives += sum(to: Int(block.stretchEnd))
      let before = falsePositives
      truePositives += sum(to: Int(block.positiveEnd))
      falsePositives += sum(to: Int(block.tiedNegativeEnd))
      return Corner(
        falsePositivesBefore: before, falsePositives: falsePositives, truePositives: truePositives)
    }
    falsePositives += sum(to: rows.count)
    corners.append(
      Corner(
        falsePositivesBefore: falsePositives, falsePositives: falsePositives,
        truePositives: truePositives))
    return corners
  }

  private static func readings(
    _ path: [Corner<Double>], gridCount: Int
  ) -> (roc: [Double], precision: [Double]) {
    let undefined = [Double](repeating: .nan, count: gridCount)
    guard let end = path.last, end.truePositives > 0 else { return (undefined, undefined) }
    // Grid point j is j / steps; comparing multiples of counts keeps the comparison exact.
    let steps = Double(gridCount - 1)
    var precision: [Double] = []
    for corner in path where corner.truePositives > 0 {
      while precision.count < gridCount,
        Double(precision.count) * end.truePositives <= corner.truePositives * steps
      {
        precision.append(corner.truePositives / (corner.truePositives + corner.falsePositives))
      }
    }
    guard end.falsePositives > 0 else { return (undefined, precision) }
    var roc: [Double] = []
    var truePositives = 0.0
    for corner in path {
      // Up to the tie the curve runs level, within it straight to its end.
      let (low, high) = (corner.falsePositivesBefore * steps, corner.falsePositives * steps)
      while roc.count < gridCount, Double(roc.count) * end.falsePositives < high {
        let place = Double(roc.count) * end.falsePositives
        let share = place < low ? 0 : (place - low) / (high - low)
        roc.append(
          (truePositives + share * (corner.truePositives - truePositives)) / end.truePositives)
      }
      truePositives = corner.truePositives
    }
    while roc.count < gridCount { roc.append(1) }
    return (roc, precision)
  }
}
