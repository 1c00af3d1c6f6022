// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRCore

extension SplitCommand {
  /// The command `cxr split subsets`.
  struct Subsets: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "subsets",
      abstract: "Thin out one part, each smaller subset within the larger ones.",
      discussion: """
        Each share of the part's patients becomes a split of one part, named like the split with \
        the percentage: study-1pct, study-10pct. Shares that are asked for later, with the same \
        seed and order, leave the others as they are.

        Example:
          cxr split subsets --of study --part train --shares 0.01,0.1,0.5 --seed 1
        """)

    /// How patients are ordered before subsets are cut off.
    enum Order: String, CaseIterable, ExpressibleByArgument {
      case random
      case stratified
    }

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    @Option(name: .customLong("of"), help: "The split.")
    var split: String

    @Option(help: "The part to thin out.")
    var part = "train"

    @Option(help: "Shares of the part's patients, with commas.", transform: Subsets.shares)
    var shares: [Double]

    @Option(help: "random, or stratified: every subset has its share of each label.")
    var order: Order = .random

    @OptionGroup var stratification: StrataOptions

    @Option(help: "The seed.")
    var seed: UInt32 = 42

    @Flag(name: .customLong("replace"), help: "Replace other splits of the same names.")
    var isReplacing = false

    @Flag(name: .customLong("dry-run"), help: "Divide and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws {
      guard stratification.strata == nil || order == .stratified else {
        throw ValidationError("--stratify has no meaning for --order \(order.rawValue).")
      }
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let dataset = try catalog.datasetName(dataset)
      let pool = try SplitPool(catalog, dataset: dataset)
      let strata = stratification.strata ?? .all
      let subsets = try SubsetMaker(
        of: catalog.split(split, dataset: dataset), part: part,
        order: order == .stratified ? .stratified(by: strata) : .random, seed: seed
      ).subsets(of: pool, shares: shares)
      var outcomes: [WriteOutcome?] = subsets.map { _ in nil }
      if !isDryRun {
        var provenance = Provenance.ofThisCommand("split subsets")
        provenance.recordsRead = pool.radiographCount
        provenance.recordsKept = subsets.map(\.partByImageName.count).max() ?? 0
        outcomes = try catalog.addSplits(
          subsets, dataset: dataset, onConflict: isReplacing ? .replace : .refuse,
          provenance: provenance)
      }
      let documents = zip(subsets, outcomes).map { subset, outcome in
        SplitDocument(
          subset, outcome: outcome, balance: SplitBalance(of: subset, in: pool, strata: strata))
      }
      try output.write(documents) { _ in documents.map(\.headline).joined() }
    }

    @Sendable private static func shares(_ text: String) throws -> [Double] {
      try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
        guard let share = Double(word), share > 0, share < 1 else {
          throw ValidationError("--shares takes numbers between 0 and 1, such as 0.01,0.1.")
        }
        return share
      }
    }
  }
}
