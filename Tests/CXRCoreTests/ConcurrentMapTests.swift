// SPDX-License-Identifier: Apache-2.0
import CXRCore
import Testing

@Suite("Ordered concurrency")
struct ConcurrentMapTests {
  @Test("Outputs come in the order of inputs", arguments: [1, 2, 7])
  func order(_ width: Int) async throws {
    let outputs = try await (0..<50).concurrentMap(width: width) { value in
      if value % 3 == 0 { await Task.yield() }
      return value * value
    }
    #expect(outputs == (0..<50).map { $0 * $0 })
  }

  @Test("An error ends the whole")
  func failure() async {
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await (0..<10).concurrentMap(width: 2) { value in
        if value == 5 { throw Stop() }
        return value
      }
    }
  }

  @Test("A cancelled task starts no more work")
  func cancellation() async {
    let task = Task {
      try await (0..<1_000_000).concurrentMap(width: 2) { value in
        await Task.yield()
        return value
      }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
