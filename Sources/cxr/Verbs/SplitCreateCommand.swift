// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRCore

extension SplitCommand {
  /// The command `cxr split create`.
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract: "Divide patients: at random, stratified, by folder, or as a study did.",
      discussion: """
        The sorted patients are divided, so no patient is in two parts.

        train-test-split, group-shuffle and pandas-sample divide as scikit-learn and pandas do, \
        bit for bit, into train and test, and val when --val-size is given: a share of the \
        training patients, with the same seed. proportions and stratified take the parts and \
        shares of --part; stratified also gives every part its share of each label of --stratify, \
        by iterative stratification. mimic-folder tests on MIMIC's folder p19 and trains on the \
        others, less those who validate.

        Example:
          cxr split create --dataset nih --name study --method stratified \\
            --part train=0.7 --part val=0.1 --part test=0.2 --seed 1
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The dataset (default: the only one, of the cohort if one is named).")
    var dataset: String?

    @Option(help: "Divide only the members of this cohort.")
    var cohort: String?

    @Option(help: "The name to give to the split.")
    var name: String

    @OptionGroup var division: DivisionOptions

    @Option(help: "The seed; scikit-learn's and pandas' random_state.")
    var seed: UInt32 = 42

    @Flag(name: .customLong("replace"), help: "Replace another split of the same name.")
    var isReplacing = false

    @Flag(name: .customLong("dry-run"), help: "Divide and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws { try SplitPart.requireUsable(name) }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let dataset = try catalog.datasetName(dataset, cohort: cohort)
      try CohortText.warn(of: cohort.map { [try catalog.cohort($0)] } ?? [], in: catalog)
      let pool = try SplitPool(catalog, dataset: dataset, cohort: cohort)
      let content = try SplitMaker(name: name, method: division.divisionMethod, seed: seed)
        .content(from: pool, cohort: cohort)
      var outcome: WriteOutcome?
      if !isDryRun {
        var provenance = Provenance.ofThisCommand("split create")
        provenance.recordsRead = pool.radiographCount
        provenance.recordsKept = content.partByImageName.count
        outcome = try catalog.addSplit(
          content, dataset: dataset, onConflict: isReplacing ? .replace : .refuse,
          provenance: provenance)
      }
      let balance = SplitBalance(
        of: content, in: pool, strata: division.strata, unit: division.balance)
      let document = SplitDocument(content, outcome: outcome, balance: balance)
      try output.write(document) { _ in document.text }
    }
  }
}
