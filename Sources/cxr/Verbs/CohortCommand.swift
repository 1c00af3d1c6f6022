// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRReport

/// The command `cxr cohort`.
struct CohortCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohort",
    abstract: "Choose radiographs by rules, and show who they are.",
    discussion: """
      Example:
        cxr cohort create adults --dataset nih --view pa --min-age 18
        cxr cohort flow adults --out adults-flow
        cxr cohort table adults
      """,
    subcommands: [
      Create.self, Flow.self, Table.self, List.self, Show.self, Remove.self,
    ])

  /// The command `cxr cohort list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the cohorts with their sizes.",
      discussion: """
        Example:
          cxr cohort list
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let cohorts = try CohortText.warn(of: catalog.cohorts(), in: catalog)
      try output.write(cohorts) { _ in CohortText.list(cohorts) }
    }
  }

  /// The command `cxr cohort show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print the definition of a cohort as YAML.",
      discussion: """
        Example:
          cxr cohort show adults
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the cohort.")
    var name: String

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let cohort = try CohortText.warn(of: [catalog.cohort(name)], in: catalog)[0]
      try output.write(cohort) { _ in cohort.definition }
    }
  }

  /// The command `cxr cohort remove`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove a cohort; its radiographs stay.",
      discussion: """
        Example:
          cxr cohort remove adults
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the cohort.")
    var name: String

    @Flag(name: .customLong("dry-run"), help: "Check that it is there; remove nothing.")
    var isDryRun = false

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let cohort = try catalog.cohort(name)
      if !isDryRun { try catalog.removeCohort(name) }
      let removal = RemovalDocument(
        kind: "cohort", names: [name], isDryRun: isDryRun,
        counts: ["radiographs": cohort.radiographCount])
      try output.write(removal) { _ in
        "\(name): \(removal.verb) the cohort of "
          + "\(NumberText.count(cohort.radiographCount, "radiograph"))\n"
      }
    }
  }
}
