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

  /// Reads an argument, or says which form it takes.
  @Sendable static func read(_ text: String) throws -> SplitPart {
    guard let part = SplitPart(argument: text) else {
      throw ValidationError("write the split and its part as NAME:PART, such as study:test.")
    }
    return part
  }

  /// Refuses a name that could not be written as `NAME:PART`.
  static func requireUsable(_ name: String) throws {
    guard !name.isEmpty, !name.contains(":") else {
      throw ValidationError("'\(name)' cannot name a split or a part; use a name without ':'.")
    }
  }

  var description: String { "\(split):\(part)" }
}
