// SPDX-License-Identifier: Apache-2.0

/// The actor on whose one thread tensors are used.
///
/// libtorch keeps a team of threads for each thread that calls it. Work that wandered between the
/// threads of Swift's pool would make a team for each of them; here it stays on one.
@globalActor public actor TensorActor {
  /// The actor.
  public static let shared = TensorActor()

  private let executor = ThreadExecutor()

  /// The thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// Runs a body on the thread of the tensors.
  ///
  /// - Throws: What the body throws.
  @TensorActor public static func run<Result: Sendable>(
    _ body: @TensorActor () throws -> Result
  ) rethrows -> Result {
    try body()
  }
}
