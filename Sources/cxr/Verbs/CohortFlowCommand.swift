// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRReport
import Foundation

extension CohortCommand {
  /// The command `cxr cohort flow`.
  struct Flow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "flow",
      abstract: "Show how radiographs came into a cohort or a dataset, and what was left out.",
      discussion: """
        With --out, writes flow.md, flow.json and the CONSORT diagram flow.svg.

        Example:
          cxr cohort flow adults --out adults-flow
          cxr cohort flow --dataset nih
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the cohort.")
    var name: String?

    @Option(
      name: .customLong("dataset"),
      help: "Without a cohort: a dataset whose ingest is shown; repeatable.")
    var datasets: [String] = []

    @Option(name: .customLong("out"), help: "A folder to write into; it is created.")
    var folder: String?

    @Flag(name: .customLong("dry-run"), help: "Print only; write nothing into the folder.")
    var isDryRun = false

    mutating func validate() throws {
      guard (name == nil) != datasets.isEmpty else {
        throw ValidationError("Name a cohort, or datasets with --dataset.")
      }
    }

    func run() async throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let cohort = try name.map { try catalog.cohort($0) }
      try CohortText.warn(of: [cohort].compactMap(\.self), in: catalog)
      let flow =
        try cohort.map { try CohortFlow($0, catalog: catalog) }
        ?? CohortFlow(datasets: datasets, catalog: catalog)
      if let folder, !isDryRun {
        let result = try await CohortFlowReport(flow).write(to: URL(filePath: folder))
        if let note = result.note { Console.note("note: " + note) }
        Console.note(
          "Wrote \(result.files.map(\.lastPathComponent).joined(separator: ", ")) to \(folder).")
      }
      try output.write(flow) { CohortFlowReport(flow).text(style: $0) }
    }
  }
}
