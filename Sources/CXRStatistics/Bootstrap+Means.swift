// SPDX-License-Identifier: Apache-2.0

extension Bootstrap {
  /// Numbers of some rows, whose mean is taken on every resample.
  public struct Column: Hashable, Sendable {
    /// The numbers, shape `[n]`.
    public let values: [Double]
    /// The row of each number in the plan's table, shape `[n]`.
    public let rows: [Int]

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - values: Finite numbers, shape `[n]`.
    ///   - rows: The row of each in the plan's table, shape `[n]`.
    /// - Precondition: Both have the same count.
    public init(_ values: [Double], rows: [Int]) {
      precondition(values.count == rows.count, "a row for each number")
      self.values = values
      self.rows = rows
    }
  }

  /// Computes means of numbers, each counting as often as its row was drawn.
  ///
  ///     let means = try await bootstrap.means(of: [.init(cosines, rows: Array(cosines.indices))])
  ///     try BootstrapInterval(means[0]).interval
  ///
  /// A mean is undefined on a resample that has none of its rows.
  ///
  /// - Parameters:
  ///   - columns: The numbers.
  ///   - threads: The number of batches computed at once; the result does not depend on it.
  /// - Returns: The distribution of each mean, in order.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Precondition: Rows lie within the plan's table, and `threads` is positive.
  /// - Complexity: O(*n*) per resample and column.
  public func means(
    of columns: [Column], threads: Int = 1
  ) async throws -> [ResampledDistribution] {
    let evaluate = { @Sendable (weights: LaneWeights) -> [SIMD8<Double>] in
      columns.map { column in
        var (sum, count) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        for (value, row) in zip(column.values, column.rows) {
          let lanes = LaneWeights.lanes(of: weights.words[row])
          sum += lanes * value
          count += lanes
        }
        // No row gives 0 / 0, which is what undefined resamples read.
        return sum / count
      }
    }
    let plan = plan
    let batches = try await BatchRunner(
      resampleCount: plan.resampleCount, resamplesPerBatch: LaneWeights.laneCount,
      threads: threads, progress: nil
    ).run { evaluate(plan.weights(batch: $0)) }
    let sample = evaluate(.unit(rowCount: plan.rowCount))
    return columns.indices.map { index in
      ResampledDistribution(
        estimate: sample[index][0], values: batches.values(of: index, count: plan.resampleCount))
    }
  }
}
