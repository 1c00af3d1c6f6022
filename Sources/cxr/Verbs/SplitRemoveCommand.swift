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
        Example:
          cxr split remove study --dataset nih
        """)

    @OptionGroup var catalog: CatalogOptions

    @Argument(help: "The name of the split.")
    var name: String

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .update)
      let thresholdCount = try catalog.removeSplit(
        name, dataset: catalog.datasetName(dataset), provenance: .ofThisCommand("split remove"))
      try Console.write(
        "\(name): removed, with \(NumberText.count(thresholdCount, "threshold")) chosen on it\n")
    }
  }
}
