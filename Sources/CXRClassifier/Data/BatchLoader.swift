// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRImage
public import CXRTraining

/// Prepares batches ahead of the model, on threads of their own.
///
///     let loader = BatchLoader(examples, input: input, workers: 2)
///     let plan = examples.plan(epoch: epoch, batchSize: 32)
///     try await loader.forEachBatch(of: plan, from: 17) { batch in
///       try step(batch)
///     }
///
/// Batches come out in order and are the same bits for any number of workers and from wherever the
/// epoch is resumed. Random changes of an image depend on the seed, the epoch, the radiograph and how
/// often it was drawn before in the epoch, and on nothing else.
public struct BatchLoader: Sendable {
  /// The images.
  public let examples: ExampleSet
  /// What becomes of their pixels.
  public let input: any PicturePreparation
  /// How many batches are prepared at the same time.
  public let workers: Int
  /// How many batches are prepared or in work beyond the one that is used.
  public let lookAhead: Int

  /// Creates a loader.
  ///
  /// - Parameters:
  ///   - examples: The images.
  ///   - input: What becomes of their pixels.
  ///   - workers: How many batches are prepared at the same time, at least 1.
  ///   - lookAhead: How many batches are prepared or in work beyond the one that is used; `nil` for
  ///     two a worker. It bounds memory.
  /// - Precondition: The input is valid: 1 or 3 channels, and a standardisation for all or for each.
  public init(
    _ examples: ExampleSet, input: any PicturePreparation, workers: Int = 2, lookAhead: Int? = nil
  ) {
    precondition(input.isValid, "1 or 3 channels, with one standardisation or one for each")
    precondition(workers > 0 && lookAhead ?? 1 > 0, "at least one worker and one batch ahead")
    self.examples = examples
    self.input = input
    self.workers = workers
    self.lookAhead = lookAhead ?? 2 * workers
  }

  /// Calls a closure with each batch of an epoch, in order.
  ///
  /// The closure runs where the caller runs, so that it may use what must not be sent elsewhere. It
  /// stays on one thread only if the caller's actor does: the main actor may change threads between
  /// two batches on Linux, so what libtorch keeps by thread, such as whether gradients are recorded,
  /// is to be set within the closure. Workers end when it throws and when the task is cancelled.
  ///
  /// - Parameters:
  ///   - plan: The order of the epoch.
  ///   - first: The number of the first batch, from 0; `plan.batchCount` for none.
  ///   - isolation: Where the caller runs.
  ///   - body: Called with every batch, also with one without images for the plan's rank, so that
  ///     ranks keep step.
  /// - Throws: `TrainingDataError` with code `.unreadableImage`, `CancellationError`, or what
  ///   `body` throws.
  /// - Precondition: The plan is of as many examples as the set has.
  public func forEachBatch(
    of plan: EpochPlan, from first: Int = 0, isolation: isolated (any Actor)? = #isolation,
    _ body: (ImageBatch) throws -> Void
  ) async throws {
    precondition(plan.count == examples.countPerEpoch, "the plan is of these examples")
    precondition((0...plan.batchCount).contains(first), "there is no such batch")
    let queue = BatchQueue(batches: first..<plan.batchCount, lookAhead: lookAhead)
    let maker = BatchMaker(examples: examples, input: input, plan: plan)
    try await withThrowingTaskGroup(of: Void.self) { group in
      // A closure runs where the caller runs only if it captures where that is.
      _ = isolation
      for _ in 0..<min(workers, plan.batchCount - first) {
        group.addTask {
          while let number = await queue.claim() {
            let batch = Result { try maker.batch(number) }
            await queue.deliver(batch, at: number)
          }
        }
      }
      do {
        while let batch = try await queue.take() {
          try Task.checkCancellation()
          try body(batch)
        }
      } catch {
        group.cancelAll()
        await queue.close()
        throw error
      }
    }
  }

  /// Prepares one batch on the caller's thread: what ``forEachBatch(of:from:isolation:_:)`` gives.
  ///
  /// - Parameters:
  ///   - number: The number of the batch, from 0.
  ///   - plan: The order of the epoch.
  /// - Returns: The batch.
  /// - Throws: `TrainingDataError` with code `.unreadableImage`, or `CancellationError`.
  /// - Complexity: O(examples of the epoch), beside the pixels.
  public func batch(_ number: Int, of plan: EpochPlan) throws -> ImageBatch {
    try BatchMaker(examples: examples, input: input, plan: plan).batch(number)
  }
}
