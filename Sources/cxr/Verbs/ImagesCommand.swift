// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRReport

/// The command `cxr images`.
struct ImagesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "images",
    abstract: "Check, prepare, compare and look at the pixels of radiographs.",
    discussion: """
      A store holds the prepared pixels of many radiographs in NumPy files that \
      training maps into memory.

      Example:
        cxr images check --dataset nih --root nih
        cxr images build --cohort train --root nih --out stores/train-224
      """,
    subcommands: [
      ImagesCheckCommand.self, ImagesBuildCommand.self, List.self, ImagesStatsCommand.self,
      ImagesDedupeCommand.self,
      ImagesSheetCommand.self, Remove.self,
    ])

  /// The command `cxr images list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the image stores of the catalog.",
      discussion: """
        Example:
          cxr images list
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let stores = try Catalog(path: catalog.path, access: .read).imageStores()
      for store in stores { ImageText.warn(of: store) }
      try output.write(stores) { _ in
        guard !stores.isEmpty else { return "There is no image store yet.\n" }
        return stores.map { store in
          let left = store.problemCounts.values.reduce(0, +)
          return "\(store.name): \(NumberText.count(store.imageCount, "image")) of "
            + "\(store.sidePixels) × \(store.sidePixels) pixels, \(store.bitDepth) bits"
            + (left > 0 ? "; \(NumberText.count(left, "file")) could not be decoded" : "")
            + "\n  \(store.folder)\n"
        }.joined()
      }
    }
  }

  /// The command `cxr images remove`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Forget an image store; its files stay.",
      discussion: """
        Example:
          cxr images remove train-224
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the store.")
    var name: String

    @Flag(name: .customLong("dry-run"), help: "Say what would be forgotten; write nothing.")
    var isDryRun = false

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let store = try catalog.imageStore(name)
      if !isDryRun { try catalog.removeImageStore(name) }
      let removal = RemovalDocument(
        kind: "image store", names: [name], isDryRun: isDryRun,
        counts: ["images": store.imageCount])
      try output.write(removal) { _ in
        "\(name): \(removal.verb) the entry of the store of "
          + "\(NumberText.count(store.imageCount, "image"))\n  its files stay in \(store.folder)\n"
      }
    }
  }
}
