// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Foundation
import Testing

@Suite("TensorActor")
struct TensorActorTests {
  @Test("Runs everything on one thread, which is not the caller's, also after waiting")
  func staysOnOneThread() async {
    let threads = await withTaskGroup(of: [pthread_t].self) { group in
      for _ in 0..<8 { group.addTask { await threadsOfTwoMoments() } }
      return await group.reduce(into: Set<pthread_t>()) { $0.formUnion($1) }
    }
    #expect(threads.count == 1)
    #expect(!threads.contains(currentThread()))
  }

  @Test("Gives results and errors to the caller")
  func givesResults() async {
    #expect(await TensorActor.run { 7 } == 7)
    await #expect(throws: CancellationError.self) {
      try await TensorActor.run { throw CancellationError() }
    }
  }
}

/// The thread that runs the caller.
private func currentThread() -> pthread_t { pthread_self() }

/// The threads on which an actor's function runs before and after it waits.
@TensorActor private func threadsOfTwoMoments() async -> [pthread_t] {
  let before = currentThread()
  await Task.yield()
  return [before, currentThread()]
}
