// SPDX-License-Identifier: Apache-2.0

/// Everything that is evaluated on one batch of resamples, in a fixed order.
struct ResamplingJob: Sendable {
  /// The rankings; each gives AUROC and average precision.
  let blocks: [ScoreBlocks]
  /// Sets of rows; each gives its weight.
  let cells: [[UInt32]]

  /// Creates a job.
  ///
  /// - Parameters:
  ///   - blocks: The rankings.
  ///   - cells: Sets of rows.
  init(blocks: [ScoreBlocks], cells: [[UInt32]]) {
    self.blocks = blocks
    self.cells = cells
  }

  /// Evaluates eight resamples.
  ///
  /// - Parameter weights: The rows' weights.
  /// - Returns: AUROC and average precision of each ranking in turn, then each cell's weight.
  func evaluate(_ weights: LaneWeights) -> [SIMD8<Double>] {
    var values: [SIMD8<Double>] = []
    values.reserveCapacity(2 * blocks.count + cells.count)
    for blocks in blocks {
      let statistics = blocks.statistics(weights)
      values.append(statistics.auroc)
      values.append(statistics.averagePrecision)
    }
    for cell in cells { values.append(weights.sum(over: cell)) }
    return values
  }
}
