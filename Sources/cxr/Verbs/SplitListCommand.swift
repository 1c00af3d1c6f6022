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

    func run() throws {
      let info = try Catalog(path: catalog.path, access: .read).info()
      let splits = Dictionary(uniqueKeysWithValues: info.datasets.map { ($0.name, $0.splits) })
      try output.write(splits) { _ in CatalogText.splits(info.datasets) }
    }
  }
}
