// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRTensor
import Foundation
import Synchronization

/// A verb that several ranks run together, if a launcher has started it so.
///
/// Ranks wait for each other, so an error of one ends all of them.
enum RankedRun {
  /// Joins the ranks, runs a body and leaves.
  ///
  /// - Parameter body: The work, given this rank. An ``Interruption`` is thrown by all ranks.
  /// - Throws: `TensorError` with code `.unavailable` in a build without OpenMPI; what the body
  ///   throws, if the process is alone or interrupted.
  static func run(_ body: (RankGroup) async throws -> Void) async throws {
    let ranks = try RankGroup(RankLaunch(environment: ProcessInfo.processInfo.environment))
    guard ranks.isShared else { return try await body(ranks) }
    do {
      try await body(ranks)
    } catch let error as Interruption {
      ranks.leave()
      throw ranks.isFirst ? error : ExitStatus.interrupted.exitCode
    } catch {
      let status = ExitStatus(of: error)
      Console.error(status == nil ? CXR.message(for: error) : ExitStatus.message(for: error))
      ranks.abort(status: status?.code ?? CXR.exitCode(for: error).rawValue)
      throw error
    }
    ranks.leave()
  }

  /// Runs a body; of several ranks its task stays when the caller's is cancelled, since a rank that
  /// stopped by itself would let the others wait.
  ///
  /// - Parameters:
  ///   - ranks: The ranks.
  ///   - body: The work, given a function that says whether the caller of one of several was cancelled.
  /// - Returns: What the body gives.
  /// - Throws: What the body throws.
  static func stopping<Value: Sendable>(
    _ ranks: RankGroup,
    _ body: @escaping @Sendable (_ isToStop: @escaping @Sendable () -> Bool) async throws -> Value
  ) async throws -> Value {
    guard ranks.isShared else { return try await body { false } }
    let request = Request()
    let work = Task { try await body { request.isMade.withLock { $0 } } }
    return try await withTaskCancellationHandler {
      try await work.value
    } onCancel: {
      request.isMade.withLock { $0 = true }
    }
  }

  /// Whether the run is to stop.
  private final class Request: Sendable {
    let isMade = Mutex(false)
  }
}
