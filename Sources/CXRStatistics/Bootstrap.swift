// SPDX-License-Identifier: Apache-2.0

/// Computes statistics on resamples that all of them share.
///
///     let bootstrap = Bootstrap(ResamplingPlan(patients: table.patients, seed: 7))
///     let resampled = try await bootstrap.distributions(of: [edema, effusion], threads: 2)
///     try BootstrapInterval(resampled.auroc[0]).interval
///
/// Resampling is by weight: eight resamples at a time become one word per row, and one walk over
/// the sorted scores gives AUROC and average precision of all eight. Nothing is sorted or copied
/// again, and labels, models and groups see the same draws.
///
/// - SeeAlso: Efron & Tibshirani, *An Introduction to the Bootstrap* (1993).
public struct Bootstrap: Sendable {
  /// The resamples.
  public let plan: ResamplingPlan

  /// Creates a bootstrap.
  ///
  /// - Parameter plan: The resamples.
  public init(_ plan: ResamplingPlan) { self.plan = plan }

  /// Computes AUROC and average precision of rankings, and confusion counts of decisions.
  ///
  /// - Parameters:
  ///   - rankings: Sorted scores, one per label, model and group; their rows are those of the
  ///     plan's table.
  ///   - decisions: Thresholded scores on rows of the same table.
  ///   - threads: The number of batches computed at once; the result does not depend on it.
  ///   - progress: Called with the number of resamples finished so far, from any thread.
  /// - Returns: The distributions, in the order of the inputs.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Precondition: Rows lie within the plan's table, and `threads` is positive.
  /// - Complexity: O(*n*) per resample and ranking.
  public func distributions(
    of rankings: [RankedScores], decisions: [BinaryDecisions] = [], threads: Int = 1,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> BootstrapDistributions {
    let blocks = rankings.map { ScoreBlocks($0) }
    let cells = decisions.flatMap(\.cells)
    let evaluate = { @Sendable (weights: LaneWeights) -> [SIMD8<Double>] in
      blocks.flatMap { blocks in
        let statistics = blocks.statistics(weights)
        return [statistics.auroc, statistics.averagePrecision]
      } + cells.map { $0.sum(weights) }
    }
    let plan = plan
    let batches = try await BatchRunner(
      resampleCount: plan.resampleCount, resamplesPerBatch: LaneWeights.laneCount,
      threads: threads, progress: progress
    ).run { evaluate(plan.weights(batch: $0)) }
    let sample = evaluate(.unit(rowCount: plan.rowCount))
    return BootstrapDistributions(
      sample.indices.map { index in
        ResampledDistribution(
          estimate: sample[index][0],
          values: batches.values(of: index, count: plan.resampleCount))
      }, rankingCount: rankings.count)
  }
}
