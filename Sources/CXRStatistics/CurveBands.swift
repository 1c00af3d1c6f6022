// SPDX-License-Identifier: Apache-2.0

/// The ROC and the precision–recall curve of one ranking with pointwise intervals.
public struct CurveBands: Sendable {
  /// The true-positive rate over false-positive rates, or the reason why there is none.
  ///
  /// Straight lines join the thresholds; where the curve rises vertically, its upper end counts.
  public let roc: Result<CurveBand, StatisticsError>
  /// The precision over recalls, or the reason why there is none.
  ///
  /// The highest threshold that reaches a recall gives its precision; nothing is interpolated.
  public let precisionRecall: Result<CurveBand, StatisticsError>
}

extension Bootstrap {
  /// Computes pointwise bands of the curves of rankings.
  ///
  /// - Parameters:
  ///   - rankings: Sorted scores on rows of the plan's table.
  ///   - gridCount: The number of grid points from 0 to 1, at least 2.
  ///   - resamples: How many of the plan's resamples are used, from the first.
  ///   - confidence: The nominal coverage at each point.
  ///   - threads: The number of batches computed at once; the result does not depend on it.
  /// - Returns: The bands, in the order of the rankings.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) per resample and ranking.
  public func curveBands(
    of rankings: [RankedScores], gridCount: Int = 101, resamples: Int = 300,
    confidence: Double = 0.95, threads: Int = 1
  ) async throws -> [CurveBands] {
    precondition(gridCount > 1, "a grid from 0 to 1")
    let blocks = rankings.map { ScoreBlocks($0) }
    let evaluate = { @Sendable (weights: LaneWeights) -> [SIMD8<Double>] in
      blocks.flatMap { $0.curves(weights, gridCount: gridCount) }
    }
    let plan = plan.prefix(resamples)
    let batches = try await BatchRunner(
      resampleCount: plan.resampleCount, resamplesPerBatch: LaneWeights.laneCount,
      threads: threads, progress: nil
    ).run { evaluate(plan.weights(batch: $0)) }
    let sample = evaluate(.unit(rowCount: plan.rowCount))
    let points = sample.indices.map { index in
      ResampledDistribution(
        estimate: sample[index][0], values: batches.values(of: index, count: plan.resampleCount))
    }
    func band(_ start: Int) -> Result<CurveBand, StatisticsError> {
      Result { () throws(StatisticsError) in
        try CurveBand(Array(points[start..<start + gridCount]), confidence: confidence)
      }
    }
    return rankings.indices.map { index in
      CurveBands(
        roc: band(2 * index * gridCount), precisionRecall: band((2 * index + 1) * gridCount))
    }
  }
}
