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

  /// Makes a reader of arguments that says which form they take.
  ///
  /// - Parameter form: The form with an example, such as `PART=FILE, such as train=train.csv`.
  /// - Returns: What reads one argument, and throws `ValidationError`.
  static func reading(_ form: String) -> @Sendable (String) throws -> Assignment {
    { text in
      guard let assignment = Assignment(argument: text) else {
        throw ValidationError("write \(form).")
      }
      return assignment
    }
  }

  /// Returns assignments as a dictionary; of several for one name the last counts.
  static func dictionary(_ assignments: [Assignment]) -> [String: String] {
    Dictionary(assignments.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
