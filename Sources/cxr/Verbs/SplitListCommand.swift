// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog

extension SplitCommand {
  /// The command `cxr split list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the splits with the sizes of their parts.",
      discussion: """
        Example:
          cxr split list
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "One dataset only (default: all).")
    var dataset: String?

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let only = try dataset.map { try catalog.datasetName($0) }
      let datasets = try catalog.info().datasets.filter { only == nil || $0.name == only }
      let splits = Dictionary(uniqueKeysWithValues: datasets.map { ($0.name, $0.splits) })
      try output.write(splits) { _ in CatalogText.splits(datasets) }
    }
  }
}
