// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor
internal import Synchronization

/// An actor with a thread of its own, which stands for the process of a rank.
actor RankThread {
  /// Those that nobody uses: a thread stays as long as the process.
  private static let idle = Mutex<[RankThread]>([])

  private let executor = ThreadExecutor()

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// One that nobody else uses.
  static func take() -> RankThread { idle.withLock { $0.popLast() } ?? RankThread() }

  /// Leaves the actor to others.
  nonisolated func giveBack() { RankThread.idle.withLock { $0.append(self) } }

  /// Runs a body on the thread.
  func result<Value: Sendable>(
    _ body: @Sendable (isolated RankThread) async throws -> Value
  ) async -> Result<Value, any Error> {
    do { return .success(try await body(self)) } catch { return .failure(error) }
  }
}
