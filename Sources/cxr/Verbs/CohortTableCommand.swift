// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRCore
import CXRReport
import Foundation

extension CohortCommand {
  /// The command `cxr cohort table`.
  struct Table: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "table",
      abstract: "Count who was studied: sex, race, age, findings, and their intersections.",
      discussion: """
        Columns are cohorts, datasets and, with --split, their parts. With --out, writes \
        population.md, population.json, population.csv and intersections.csv.

        Example:
          cxr cohort table --dataset nih --split study --part test --view pa
          cxr cohort table adults --split study --smd train --suppress 10 \\
            --out adults-table
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Cohorts by name.")
    var cohorts: [String] = []

    @Option(
      name: .customLong("dataset"), help: "A dataset; repeatable (default: the cohorts').")
    var datasets: [String] = []

    @Option(help: "A split by whose parts datasets are divided.")
    var split: String?

    @Option(name: .customLong("part"), help: "A part to show; repeatable (default: all).")
    var parts: [String] = []

    @Option(help: "Count one view only, such as pa.")
    var view: View?

    @Option(help: "eight (evaluation labels), fourteen (all findings), or names with commas.")
    var labels = "eight"

    @OptionGroup var policy: PolicyOptions

    @Option(help: "Ascending lower bounds of half-open age bins; the last is open-ended.")
    var ageBins: AgeBins = .standard

    @Option(
      name: .customLong("smd"),
      help: "A column from which standardised differences are taken, such as train.")
    var reference: String?

    @Option(
      name: .customLong("suppress"),
      help: "Hide counts below it, and what gives them away; 0 hides nothing.")
    var suppressionLimit = 0

    @Option(name: .customLong("out"), help: "A folder to write into; it is created.")
    var folder: String?

    @Flag(name: .customLong("dry-run"), help: "Print only; write nothing into the folder.")
    var isDryRun = false

    mutating func validate() throws {
      guard suppressionLimit == 0 || suppressionLimit > 1 else {
        throw ValidationError("--suppress takes 0 or a number from 2.")
      }
      guard parts.isEmpty || split != nil else {
        throw ValidationError("--part needs the split that it is a part of; name it with --split.")
      }
      _ = try findings()
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      var request = PopulationRequest(
        datasets: cohorts.isEmpty && datasets.isEmpty ? try catalog.datasetNames() : datasets,
        cohorts: cohorts)
      request.split = split
      request.parts = parts
      request.view = view
      request.findings = try findings()
      request.labelPolicy = policy.labelPolicy
      request.ageBins = ageBins
      request.reference = reference
      request.suppressionLimit = suppressionLimit == 0 ? nil : suppressionLimit
      try CohortText.warn(of: cohorts.map { try catalog.cohort($0) }, in: catalog)
      let table = try PopulationTable(request, catalog: catalog)
      if let folder, !isDryRun {
        let files = try PopulationReport(table).write(to: URL(filePath: folder))
        Console.note(
          "Wrote \(files.map(\.lastPathComponent).joined(separator: ", ")) to \(folder).")
      }
      try output.write(table) { PopulationReport(table).text(style: $0) }
    }

    private func findings() throws -> [Finding] {
      switch LabelSelection(labels) {
      case .eight: return Finding.evaluationEight
      case .fourteen: return Finding.allCases
      case .native:
        throw ValidationError("Tables count the 14 findings; native labels are not among them.")
      case .named(let names):
        return try names.map { name in
          if let finding = Finding(name: name) { return finding }
          let nearest = Finding.nearest(to: name)
          throw ValidationError(
            "There is no finding \(name)" + (nearest.map { "; did you mean \($0.name)?" } ?? "."))
        }.distinct
      }
    }
  }
}
