// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import Foundation
import Synchronization

/// An actor that does everything on one thread of its own.
actor ThreadActor {
  private let executor = ThreadExecutor()

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// The number of threads on which the closure of a loader runs in three epochs.
  func threads(of examples: ExampleSet) async throws -> Int {
    let loader = BatchLoader(examples, input: PixelInput(channels: 1, scale: .unit), workers: 3)
    var threads: Set<ObjectIdentifier> = []
    for epoch in 0..<3 {
      try await loader.forEachBatch(of: examples.plan(epoch: epoch, batchSize: 4)) { _ in
        self.assertIsolated()
        threads.insert(ObjectIdentifier(Thread.current))
      }
    }
    return threads.count
  }
}

/// Runs jobs, one after another, on one thread that ends with it.
private final class ThreadExecutor: SerialExecutor {
  private final class Jobs: Sendable {
    let waiting = Mutex<[UnownedJob?]>([])
    let signal = DispatchSemaphore(value: 0)

    /// Adds a job; `nil` ends the thread.
    func add(_ job: UnownedJob?) {
      waiting.withLock { $0.append(job) }
      signal.signal()
    }

    func next() -> UnownedJob? {
      signal.wait()
      return waiting.withLock { $0.removeFirst() }
    }
  }

  private let jobs = Jobs()

  init() {
    let jobs = jobs
    let executor = unsafe asUnownedSerialExecutor()
    Thread.detachNewThread {
      while let job = jobs.next() { unsafe job.runSynchronously(on: executor) }
    }
  }

  deinit { jobs.add(nil) }

  func enqueue(_ job: consuming ExecutorJob) { jobs.add(UnownedJob(job)) }
}
