// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Runs an actor's jobs one after another on a thread of its own.
package final class ThreadExecutor: SerialExecutor {
  private let jobs = JobQueue()

  /// Starts the thread, which never ends.
  package init() {
    // The thread takes its part of the heap when it starts.
    Heap.keepFreedMemory()
    let thread = Thread { [jobs] in
      while true { jobs.next()() }
    }
    thread.name = "cxr tensors"
    // Networks nest calls deeply; the main thread's stack has this size too.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Adds a job to the end.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = unsafe asUnownedSerialExecutor()
    jobs.append { unsafe job.runSynchronously(on: executor) }
  }
}

/// Jobs that wait for their turn.
private final class JobQueue: Sendable {
  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let waiting = DispatchSemaphore(value: 0)

  /// Adds a job to the end.
  func append(_ job: @escaping @Sendable () -> Void) {
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }

  /// Waits for a job and takes it.
  func next() -> @Sendable () -> Void {
    waiting.wait()
    return jobs.withLock { $0.removeFirst() }
  }
}
