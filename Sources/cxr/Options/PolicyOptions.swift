// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore

/// What the states of labels count as.
struct PolicyOptions: ParsableArguments {
  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp(
      "What uncertain and unmentioned labels count as.",
      discussion: """
        u-ignore (uncertain is left out), u-zeros, u-ones, explicit-only or competition-5; with \
        exceptions, as in u-zeros,Edema=u-ones; with +no-finding at the end, No Finding makes the \
        pathologies negative that are not mentioned beside it.
        """),
    transform: PolicyOptions.read)
  var labelPolicy: LabelPolicy = .uIgnore

  /// The option as a command line.
  var arguments: [String] { ["--policy", labelPolicy.description] }

  @Sendable private static func read(_ text: String) throws -> LabelPolicy {
    do {
      return try LabelPolicy(text)
    } catch {
      throw ValidationError(error.message)
    }
  }
}
