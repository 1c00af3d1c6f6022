// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// One of several parts of the work, written `1/4`.
struct ShardArgument: ExpressibleByArgument, CustomStringConvertible {
  /// The part, from 1.
  let number: Int
  /// The number of parts.
  let count: Int

  /// All of the work.
  static let whole = ShardArgument(number: 1, count: 1)

  private init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

  /// Reads a part; `nil` for another text.
  init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1],
      (1...10_000).contains(count), (1...count).contains(number)
    else { return nil }
    self.init(number: number, count: count)
  }

  /// The part as it is written.
  var description: String { "\(number)/\(count)" }
  var defaultValueDescription: String { description }
}
