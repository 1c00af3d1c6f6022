// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

extension GapAnalysis {
  /// Resamples gaps and nothing else, for what combines them over several samples.
  ///
  /// - Parameters:
  ///   - metrics: What the gaps are of.
  ///   - subgroups: The group of each row.
  ///   - threads: The number of threads; the result does not depend on it.
  /// - Returns: The gap on the sample and on every resample, shape `[models][metrics]`.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Precondition: There is a group code for every row.
  /// - Complexity: O(*n* · labels · models) per resample.
  public func distributions(
    of metrics: [GapMetric], by subgroups: Subgroups, threads: Int = 1
  ) async throws -> [[ResampledDistribution]] {
    precondition(subgroups.codes.count == plan.rowCount, "a group for every row")
    let tables = try await GroupResamples(sample, subgroups: subgroups, rule: rule)
      .bootstrap(plan, threads: threads, progress: nil)
    return tables.map { model in metrics.map { model.table.gap($0) } }
  }
}
