// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A progress line with a share and an estimate of the time left, drawn at most ten times a second.
final class ProgressLine: Sendable {
  private let title: String
  private let total: Int
  private let start = ContinuousClock.now
  private let lastDrawn: Mutex<ContinuousClock.Instant>

  /// Creates a line.
  ///
  /// - Parameters:
  ///   - title: What is being done.
  ///   - total: How many steps there are; 0 when unknown.
  init(_ title: String, total: Int) {
    self.title = title
    self.total = total
    self.lastDrawn = Mutex(.now - .seconds(1))
  }

  /// Draws the line after a step.
  ///
  /// - Parameter done: How many steps are done.
  func update(_ done: Int) { update(done, of: total) }

  /// Draws the line after a step of a number that became known later.
  ///
  /// - Parameters:
  ///   - done: How many steps are done.
  ///   - total: How many steps there are; 0 when unknown.
  func update(_ done: Int, of total: Int) {
    guard Console.isInteractive else { return }
    let isDue = lastDrawn.withLock { last in
      guard ContinuousClock.now - last > .milliseconds(100) else { return false }
      last = .now
      return true
    }
    guard isDue else { return }
    guard total > 0 else { return Console.progress("\(title): \(done)") }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let left = done > 0 ? elapsed / Double(done) * Double(total - done) : 0
    let share = Int((100 * Double(done) / Double(total)).rounded(.down))
    Console.progress("\(title): \(share) %, about \(Int(left.rounded(.up))) s left")
  }

  /// Removes the line.
  func finish() { Console.progress("") }
}
