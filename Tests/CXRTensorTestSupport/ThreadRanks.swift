// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
internal import Foundation

/// Ranks in one process, each on a thread of its own, which meet at every call.
///
/// What they give is added up in the order of the ranks. When one ends, those that wait for it, or
/// would, are refused.
public final class ThreadRanks {
  private let count: Int
  private let condition = NSCondition()
  private var given: [Int: [Double]] = [:]
  private var sums: [Double] = []
  private var meetingCount = 0
  private var hasEnded = false
  private var failure: (any Error)?

  private init(count: Int) { self.count = count }

  /// Runs a body as each of some ranks, side by side.
  ///
  /// - Parameters:
  ///   - count: The number of ranks.
  ///   - body: What a rank does, given the actor that it is run on.
  /// - Returns: What each of them came to.
  /// - Throws: The first error of a rank.
  public static func run<Value: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (RankGroup, isolated any Actor) async throws -> Value
  ) async throws -> [Value] {
    let ranks = ThreadRanks(count: count)
    let results = await withTaskGroup(of: (Int, Result<Value, any Error>).self) { tasks in
      for rank in 0..<count {
        tasks.addTask {
          // A thread of Swift's pool must not wait for another one.
          let thread = RankThread.take()
          let group = RankGroup(
            rank: rank, count: count, transport: Transport(ranks: ranks, rank: rank))
          let result = await thread.result { try await body(group, $0) }
          ranks.end(with: result)
          thread.giveBack()
          return (rank, result)
        }
      }
      return await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    if let failure = ranks.failure { throw failure }
    return try (0..<count).compactMap { try results[$0]?.get() }
  }

  /// Lets the others know that a rank makes no more calls.
  private func end<Value>(with result: Result<Value, any Error>) {
    condition.withLock {
      hasEnded = true
      if case .failure(let error) = result { failure = failure ?? error }
      condition.broadcast()
    }
  }

  /// Waits for what all ranks give, and adds it up.
  private func sum(_ values: [Double], of rank: Int) throws(TensorError) -> [Double] {
    condition.lock()
    defer { condition.unlock() }
    given[rank] = values
    if given.count == count {
      sums = values.indices.map { place in
        (0..<count).reduce(0) { $0 + (given[$1]?[place] ?? 0) }
      }
      given = [:]
      meetingCount += 1
      condition.broadcast()
    } else {
      let meeting = meetingCount
      while meetingCount == meeting {
        guard !hasEnded else { throw TensorError(.refused, "another rank has ended") }
        condition.wait()
      }
    }
    // Nobody comes to the next meeting before all have left this one.
    return sums
  }

  private struct Transport: RankTransport {
    let ranks: ThreadRanks
    let rank: Int

    func sum(_ values: UnsafeMutableBufferPointer<Float>) throws(TensorError) {
      let sums = try ranks.sum(unsafe values.map(Double.init), of: rank)
      for (place, sum) in sums.enumerated() { unsafe values[place] = Float(sum) }
    }

    func sum(_ values: UnsafeMutableBufferPointer<Double>) throws(TensorError) {
      let sums = try ranks.sum(unsafe Array(values), of: rank)
      for (place, sum) in sums.enumerated() { unsafe values[place] = sum }
    }

    func broadcast(_ bytes: UnsafeMutableRawBufferPointer) throws(TensorError) {
      let sums = try ranks.sum(unsafe bytes.map { rank == 0 ? Double($0) : 0 }, of: rank)
      for (place, sum) in sums.enumerated() { unsafe bytes[place] = UInt8(sum) }
    }

    func wait() throws(TensorError) { _ = try ranks.sum([], of: rank) }
    func leave() {}
    func abort(status: Int32) { fatalError("a rank ended all of them, status \(status)") }
  }
}

// Everything that changes is changed under the condition's lock.
extension ThreadRanks: @unchecked Sendable {}
