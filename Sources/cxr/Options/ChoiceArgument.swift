// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCohort

/// Of what one radiograph is taken and how, written `patient:first-acquired`.
struct ChoiceArgument {
  let unit: RadiographChoice.Unit
  let word: String

  /// Reads an argument, or says which form it takes.
  init(reading text: String) throws {
    let pieces = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 2, let unit = RadiographChoice.Unit(rawValue: pieces[0]),
      RadiographChoice.Rule.words.contains(pieces[1])
    else {
      throw ValidationError(
        "write patient:RULE or study:RULE; the rules are "
          + "\(RadiographChoice.Rule.words.joined(separator: ", ")).")
    }
    self.unit = unit
    self.word = pieces[1]
  }
}
