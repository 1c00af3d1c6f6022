// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Collects what a progress callback is told.
final class FinishedCounts: Sendable {
  private let counts = Mutex<[Int]>([])

  var values: [Int] { counts.withLock { $0 } }

  func append(_ count: Int) { counts.withLock { $0.append(count) } }
}
