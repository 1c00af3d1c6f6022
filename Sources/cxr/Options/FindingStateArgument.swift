// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore

/// A finding and the states that it may be in, written `FINDING=STATE,STATE`.
struct FindingStateArgument {
  let finding: Finding
  let states: [LabelState]

  /// Reads an argument, or says what is wrong with it.
  init(reading text: String) throws {
    guard let assignment = Assignment(argument: text) else {
      throw ValidationError("write FINDING=STATE,STATE, such as Edema=positive,uncertain.")
    }
    let finding = try Finding(reading: assignment.name)
    let words = LabelState.allCases.map(\.word)
    self.finding = finding
    states = try assignment.value.split(separator: ",", omittingEmptySubsequences: false)
      .map { word in
        guard let state = LabelState.allCases.first(where: { $0.word == word }) else {
          throw ValidationError(
            "there is no state \(word); the states are \(words.joined(separator: ", ")).")
        }
        return state
      }
  }
}
