// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// One part of a split, written `NAME:PART`.
struct SplitPart: ExpressibleByArgument, CustomStringConvertible {
  /// The split's name.
  let split: String
  /// The part's name.
  let part: String

  init?(argument: String) {
    let pieces = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count == 2, pieces.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.split = String(pieces[0])
    self.part = String(pieces[1])
  }

  /// Refuses a name that could not be written as `NAME:PART`.
  static func requireUsable(_ name: String) throws {
    guard !name.isEmpty, !name.contains(":") else {
      throw ValidationError("'\(name)' cannot name a split or a part; use a name without ':'.")
    }
  }

  var description: String { "\(split):\(part)" }
}
