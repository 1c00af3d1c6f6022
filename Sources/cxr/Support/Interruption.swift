// SPDX-License-Identifier: Apache-2.0

/// A run that was interrupted after it had written something that stays.
struct Interruption: Error {
  /// What stays, and how to go on.
  let message: String

  /// Runs a body that can be interrupted.
  ///
  /// - Parameters:
  ///   - message: What stays, and how to go on; asked for when the body was interrupted, `nil` where
  ///     nothing was written.
  ///   - body: The work.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws, with this error in the place of a `CancellationError`.
  static func explained<Value>(
    by message: () -> String?, _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let error as CancellationError {
      guard let message = message() else { throw error }
      throw Interruption(message: message)
    }
  }
}
