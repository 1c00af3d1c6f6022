// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import CXRTensor

/// Ranks in one process, each on a thread of its own, which meet at every call.
///
/// What they give is added up in the order of the ranks.
final class ThreadRanks {
  private let count: Int
  private let condition = NSCondition()
  private var given: [Int: [Double]] = [:]
  private var sums: [Double] = []
  private var meetingCount = 0

  private init(count: Int) { self.count = count }

  /// Runs a body as each of some ranks, side by side.
  ///
  /// - Returns: What each of them came to.
  static func run<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (RankGroup) throws -> Value
  ) async throws -> [Value] {
    let ranks = ThreadRanks(count: count)
    return try await withThrowingTaskGroup(of: (Int, Value).self) { tasks in
      for rank in 0..<count {
        tasks.addTask {
          // A thread of Swift's pool must not wait for another one.
          try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
              let group = RankGroup(
                rank: rank, count: count, transport: Transport(ranks: ranks, rank: rank))
              continuation.resume(with: Result { (rank, try body(group)) })
            }
            thread.stackSize = 8 << 20
            thread.start()
          }
        }
      }
      var values: [Int: Value] = [:]
      for try await (rank, value) in tasks { values[rank] = value }
      return (0..<count).compactMap { values[$0] }
    }
  }

  /// Waits for what all ranks give, and adds it up.
  private func sum(_ values: [Double], of rank: Int) -> [Double] {
    condition.withLock {
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
        while meetingCount == meeting { condition.wait() }
      }
      // Nobody comes to the next meeting before all have left this one.
      return sums
    }
  }

  private struct Transport: RankTransport {
    let ranks: ThreadRanks
    let rank: Int

    func sum(_ values: UnsafeMutableBufferPointer<Float>) {
      let sums = ranks.sum(unsafe values.map(Double.init), of: rank)
      for (place, sum) in sums.enumerated() { unsafe values[place] = Float(sum) }
    }

    func sum(_ values: UnsafeMutableBufferPointer<Double>) {
      let sums = ranks.sum(unsafe Array(values), of: rank)
      for (place, sum) in sums.enumerated() { unsafe values[place] = sum }
    }

    func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {
      let sums = ranks.sum(unsafe bytes.map { rank == 0 ? Double($0) : 0 }, of: rank)
      for (place, sum) in sums.enumerated() { unsafe bytes[place] = UInt8(sum) }
    }

    func wait() { _ = ranks.sum([], of: rank) }
    func leave() {}
    func abort(status: Int32) { fatalError("a rank ended all of them, status \(status)") }
  }
}

// Everything that changes is changed under the condition's lock.
extension ThreadRanks: @unchecked Sendable {}
