// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The command `cxr split`.
struct SplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Divide patients into parts, or import a published division.",
    discussion: """
      Example:
        cxr split create --dataset nih --name study --test-size 0.7 --seed 42
      """,
    subcommands: [Create.self, Subsets.self, Import.self, List.self, Remove.self])
}
