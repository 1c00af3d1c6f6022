// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRReport

extension CohortCommand {
  /// The command `cxr cohort create`.
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract: "Choose radiographs by a definition in YAML, or by flags.",
      discussion: """
        Rules are applied in a fixed order: view, its source, split, attributes, what must be \
        known, sex, age, race, impression, findings, one each. A radiograph counts for the first \
        rule that removes it. Ages are half-open: --min-age 18 --max-age 90 lets 18 in, 90 not. \
        The same definition on the same data changes nothing. A cohort that would have no \
        radiograph is refused, and the rule that removed the last ones is named.

        Example:
          cxr cohort create adults --dataset nih --view pa --require sex --min-age 18 \\
            --one patient:first-acquired
          cxr cohort create adults --from adults.yaml --dry-run
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name to give to the cohort.")
    var name: String

    @Option(name: .customLong("from"), help: "A definition in YAML; it takes the place of flags.")
    var file: String?

    @Option(
      name: .customLong("dataset"), help: "A dataset; repeatable (default: the only one).")
    var datasets: [String] = []

    @OptionGroup var criteria: CohortCriteriaOptions

    @Flag(name: .customLong("replace"), help: "Replace another cohort of the same name.")
    var isReplacing = false

    @Flag(name: .customLong("allow-empty"), help: "Keep a cohort without any radiograph.")
    var isEmptyAllowed = false

    @Flag(name: .customLong("dry-run"), help: "Choose and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws {
      guard file == nil || (datasets.isEmpty && criteria.isEmpty) else {
        throw ValidationError("--from takes the place of all other rules; leave them out.")
      }
    }

    func run() throws {
      let fromFile = try file.map { try CohortDefinition(path: $0, name: name) }
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let definition = try fromFile ?? definitionByFlags(catalog)
      let content = try CohortMaker(definition).content(from: catalog)
      let warnings = CohortWarnings(definition, catalog: catalog)
      for warning in try warnings.unknownWords() + warnings.emptyDatasets(content) {
        Console.note("warning: " + warning)
      }
      if !isEmptyAllowed { try warnings.requireMembers(content) }
      var outcome: WriteOutcome?
      if !isDryRun {
        var provenance = Provenance.ofThisCommand("cohort create")
        provenance.recordsRead = content.steps.filter { $0.kind == .start }
          .reduce(0) { $0 + $1.radiographCount }
        provenance.recordsKept = content.radiographIDs.count
        outcome = try catalog.addCohort(
          content, onConflict: isReplacing ? .replace : .refuse, provenance: provenance)
      }
      let flow = try CohortFlow(content, catalog: catalog)
      try output.write(flow) { style in
        "\(name): \(outcome?.rawValue ?? "dry run, nothing was written")\n\n"
          + CohortFlowReport(flow).text(style: style)
      }
    }

    private func definitionByFlags(_ catalog: Catalog) throws -> CohortDefinition {
      let names = datasets.isEmpty ? [try catalog.datasetName(nil)] : datasets
      return try CohortDefinition(
        name: name, sources: names.map { .init(dataset: $0, criteria: criteria.criteria) })
    }
  }
}
