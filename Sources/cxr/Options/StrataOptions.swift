// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCohort
import CXRCore

/// Which labels parts share out.
struct StrataOptions: ParsableArguments {
  @Option(
    name: .customLong("stratify"),
    help: """
      findings, sex, age, race and view, with commas; an asterisk joins those of an intersection \
      (default: all five).
      """,
    transform: StrataOptions.read)
  var strata: Strata?

  @Sendable private static func read(_ text: String) throws -> Strata {
    do {
      return try Strata(text)
    } catch {
      throw ValidationError(error.message)
    }
  }
}
