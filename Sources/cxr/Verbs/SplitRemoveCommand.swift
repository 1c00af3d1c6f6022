// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore

extension SplitCommand {
  /// The command `cxr split remove`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Remove a split, and the thresholds that were chosen on it.",
      discussion: """
        A split of which subsets were made stays, unless --with-subsets removes them too.

        Example:
          cxr split remove study --dataset nih
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the split.")
    var name: String

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    @Flag(name: .customLong("with-subsets"), help: "Remove the subsets of the split, too.")
    var isWithSubsets = false

    @Flag(name: .customLong("dry-run"), help: "Report; remove nothing.")
    var isDryRun = false

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let dataset = try catalog.datasetName(dataset)
      let subsets = try catalog.dependents(ofSplit: name, dataset: dataset).subsets
      guard subsets.isEmpty || isWithSubsets else {
        throw CatalogError(
          .conflict,
          "Of split \(name) there \(subsets.count == 1 ? "is the subset" : "are the subsets") "
            + "\(NumberText.list(subsets)); remove \(subsets.count == 1 ? "it" : "them") with it "
            + "by --with-subsets. Nothing was removed.")
      }
      let names = [name] + subsets
      let thresholdCount =
        isDryRun
        ? try names.reduce(0) {
          try $0 + catalog.dependents(ofSplit: $1, dataset: dataset).thresholdCount
        }
        : try catalog.removeSplits(
          names, dataset: dataset, provenance: .ofThisCommand("split remove"))
      let removal = RemovalDocument(
        kind: "split", names: names, dataset: dataset, isDryRun: isDryRun,
        counts: ["thresholds": thresholdCount])
      try output.write(removal) { _ in
        names.map { "\($0): \(removal.verb)\n" }.joined()
          + "\(removal.verb) \(NumberText.count(thresholdCount, "threshold")) chosen on "
          + (names.count == 1 ? "it" : "them") + "\n"
      }
    }
  }
}
