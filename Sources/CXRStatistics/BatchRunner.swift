// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Synchronization

/// Runs numbered batches on several threads and puts their results in order.
struct BatchRunner: Sendable {
  /// The number of resamples or permutations.
  let resampleCount: Int
  /// The number of resamples in a batch.
  let resamplesPerBatch: Int
  /// The number of batches computed at once.
  let threads: Int
  /// Called with the number of resamples finished so far.
  let progress: (@Sendable (Int) -> Void)?

  /// Runs every batch.
  ///
  /// - Parameter evaluate: Computes one batch: one vector of lanes per statistic.
  /// - Returns: The results in the order of the batches.
  /// - Throws: `CancellationError` when the task is cancelled.
  func run(
    _ evaluate: @escaping @Sendable (Int) -> [SIMD8<Double>]
  ) async throws -> [[SIMD8<Double>]] {
    let counter = Counter()
    let (total, perBatch) = (resampleCount, resamplesPerBatch)
    let progress = progress
    let parts = try await contiguousRanges().concurrentMap(width: threads) { range in
      try range.map { batch in
        try Task.checkCancellation()
        let values = evaluate(batch)
        if let progress { progress(min(total, counter.add(perBatch))) }
        return values
      }
    }
    return Array(parts.joined())
  }

  /// A few ranges per thread: long enough to matter, short enough to even out.
  private func contiguousRanges() -> [Range<Int>] {
    let batchCount = (resampleCount + resamplesPerBatch - 1) / resamplesPerBatch
    let length = max(1, batchCount / (4 * threads))
    return stride(from: 0, to: batchCount, by: length).map { start in
      start..<min(start + length, batchCount)
    }
  }

  /// Counts finished resamples across threads.
  private final class Counter: Sendable {
    private let total = Mutex(0)

    func add(_ count: Int) -> Int {
      total.withLock { total in
        total += count
        return total
      }
    }
  }
}

extension Sequence<[SIMD8<Double>]> {
  /// Reads one statistic from batches whose lanes are resamples.
  ///
  /// - Parameters:
  ///   - index: The number of the statistic.
  ///   - count: The number of resamples; further lanes of the last batch are left out.
  /// - Returns: The statistic on each resample.
  func values(of index: Int, count: Int) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count + LaneWeights.laneCount)
    for batch in self {
      for lane in 0..<LaneWeights.laneCount { values.append(batch[index][lane]) }
    }
    return Array(values.prefix(count))
  }
}
