// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// A name and its value, written `NAME=VALUE`.
struct Assignment: ExpressibleByArgument {
  /// What stands before the first equals sign.
  let name: String
  /// What stands after it.
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      return nil
    }
    self.name = String(argument[..<equals])
    self.value = String(argument[argument.index(after: equals)...])
    guard !value.isEmpty else { return nil }
  }

  /// Returns assignments as a dictionary; of several for one name the last counts.
  static func dictionary(_ assignments: [Assignment]) -> [String: String] {
    Dictionary(assignments.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
