// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Synchronization

/// Runs batches of eight results on several threads and puts the results in order.
struct BatchRunner: Sendable {
  /// The number of batches.
  let batchCount: Int
  /// The number of results wanted, at most eight per batch.
  let resultCount: Int
  /// The number of batches computed at once.
  let threads: Int
  /// Called with the number of results finished so far.
  let progress: (@Sendable (Int) -> Void)?

  /// Runs every batch.
  ///
  /// - Parameter evaluate: Computes the statistics of a batch, eight results of each.
  /// - Returns: The results of each statistic, shape `[statistics][resultCount]`.
  /// - Throws: `CancellationError` when the task is cancelled.
  func run(_ evaluate: @escaping @Sendable (Int) -> [SIMD8<Double>]) async throws -> [[Double]] {
    let counter = Counter()
    let resultCount = resultCount
    let progress = progress
    let ranges = contiguousRanges()
    let parts = try await ranges.concurrentMap(width: threads) { range in
      var values: [[Double]] = []
      for batch in range {
        try Task.checkCancellation()
        let lanes = evaluate(batch)
        if values.isEmpty { values = Array(repeating: [], count: lanes.count) }
        let kept = min(LaneWeights.laneCount, resultCount - batch * LaneWeights.laneCount)
        for (index, lane) in lanes.enumerated() {
          for position in 0..<kept { values[index].append(lane[position]) }
        }
        if let progress { progress(counter.add(kept)) }
      }
      return values
    }
    guard let first = parts.first else { return evaluate(0).map { _ in [] } }
    return first.indices.map { index in parts.flatMap { $0[index] } }
  }

  /// A few ranges per thread: long enough to matter, short enough to even out.
  private func contiguousRanges() -> [Range<Int>] {
    let length = max(1, batchCount / (4 * threads))
    return stride(from: 0, to: batchCount, by: length).map { start in
      start..<min(start + length, batchCount)
    }
  }

  /// Counts finished results across threads.
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
