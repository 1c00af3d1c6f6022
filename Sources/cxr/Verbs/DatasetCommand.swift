// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRFiles
import CXRIngest
import Foundation

/// The command `cxr dataset`.
struct DatasetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Describe a dataset of your own: draft, check and look up descriptors.",
    discussion: """
      A descriptor is a YAML file that says what the files of a dataset are and what their columns \
      mean.

      Example:
        cxr dataset init export.csv --out my-hospital.yaml
        cxr dataset check my-hospital.yaml --root .
        cxr ingest --manifest my-hospital.yaml --root .
      """,
    subcommands: [
      DatasetInitCommand.self, DatasetCheckCommand.self, List.self, Show.self, Schema.self,
    ])

  /// The command `cxr dataset list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the datasets whose descriptors come with the program.",
      discussion: """
        Example:
          cxr dataset list --json
        """)

    @OptionGroup var output: OutputOptions

    func run() throws {
      let summaries = try DatasetDescriptor.builtInNames.map {
        try DatasetDescriptor.builtIn($0).summary
      }
      try output.write(summaries) { _ in
        summaries.map { DescriptorText($0).entry }.joined(separator: "\n")
      }
    }
  }

  /// The command `cxr dataset show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print the descriptor of a built-in dataset, to be copied and changed.",
      discussion: """
        Example:
          cxr dataset show nih
        """)

    @Argument(help: "A built-in dataset, such as nih.")
    var name: String

    func run() throws { try Console.write(DatasetDescriptor.builtInText(name)) }
  }

  /// The command `cxr dataset schema`.
  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema",
      abstract: "Print what descriptors may say: every key, its meaning and its default.",
      discussion: """
        Example:
          cxr dataset schema
        """)

    func run() throws { try Console.write(DatasetDescriptor.schemaText) }
  }
}
