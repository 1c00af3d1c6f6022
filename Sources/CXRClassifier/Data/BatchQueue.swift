// SPDX-License-Identifier: Apache-2.0

/// Hands numbers of batches to workers and their batches, in order, to one taker.
///
/// A worker waits while it would be too far ahead of the taker. No wait needs a handler for
/// cancellation: the batch that the taker waits for is always in the hands of a worker, which
/// delivers an error when it is cancelled, and ``close()`` wakes the workers.
actor BatchQueue {
  private let end: Int
  private let lookAhead: Int
  private var nextClaim: Int
  private var nextTake: Int
  private var isClosed = false
  private var ready: [Int: Result<ImageBatch, any Error>] = [:]
  private var waitingWorkers: [CheckedContinuation<Void, Never>] = []
  private var waitingTaker: CheckedContinuation<Void, Never>?

  /// Creates a queue.
  ///
  /// - Parameters:
  ///   - batches: The numbers of the batches.
  ///   - lookAhead: How many batches may be ready or in work, at least 1.
  init(batches: Range<Int>, lookAhead: Int) {
    end = batches.upperBound
    nextClaim = batches.lowerBound
    nextTake = batches.lowerBound
    self.lookAhead = lookAhead
  }

  /// The number of the next batch to prepare, as soon as it may be; `nil` when there is none.
  func claim() async -> Int? {
    while !isClosed, nextClaim < end, nextClaim >= nextTake + lookAhead {
      await withCheckedContinuation { waitingWorkers.append($0) }
    }
    guard !isClosed, nextClaim < end else { return nil }
    defer { nextClaim += 1 }
    return nextClaim
  }

  /// Delivers a batch, or why there is none.
  func deliver(_ batch: Result<ImageBatch, any Error>, at number: Int) {
    ready[number] = batch
    guard number == nextTake else { return }
    waitingTaker?.resume()
    waitingTaker = nil
  }

  /// The next batch, as soon as it is there; `nil` after the last.
  func take() async throws -> ImageBatch? {
    guard nextTake < end else { return nil }
    if ready[nextTake] == nil { await withCheckedContinuation { waitingTaker = $0 } }
    guard let batch = ready.removeValue(forKey: nextTake) else { return nil }
    nextTake += 1
    wakeWorkers()
    return try batch.get()
  }

  /// Ends the work; batches that are not taken are dropped.
  func close() {
    isClosed = true
    ready = [:]
    wakeWorkers()
  }

  private func wakeWorkers() {
    for worker in waitingWorkers { worker.resume() }
    waitingWorkers = []
  }
}
