// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRFiles
import CXRImage
import CXRReport
import Foundation

/// The command `cxr images build`.
struct ImagesBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Decode radiographs once into a store that training maps into memory.",
    discussion: """
      The store is a folder of NumPy files, each of shape [images, side, side], \
      and index.csv, which says what lies where. A build that was interrupted \
      goes on where it was when the same command is given again. Files that \
      cannot be decoded are left out, counted and listed in the index.

      Example:
        cxr images build --cohort train --root nih --side 224 --out stores/train-224
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var source: ImageSourceOptions

  @Option(name: .customLong("out"), help: "The folder of the store; it is made.")
  var folder: String

  @Option(help: "The name of the store (default: that of its folder).")
  var name: String?

  @Option(help: "The width and height of the stored images, in pixels.")
  var side = 224

  @Option(
    help: """
      How a radiograph becomes a square: crop keeps the middle, pad adds black, stretch distorts.
      """)
  var framing: StorePreparation.Framing = .crop

  @Option(help: "How the number of pixels is changed.")
  var filter: ResizeFilter = .area

  @Option(help: "The bits of a stored pixel: 8 or 16.")
  var bits: StorePreparation.Depth = .eight

  @Flag(name: .customLong("replace"), help: "Take the place of another store of the name.")
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be stored; write nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard (8...4096).contains(side) else {
      throw ValidationError("--side takes 8 to 4096 pixels.")
    }
  }

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
    let files = try source.files(in: catalog)
    let preparation = StorePreparation(side: side, framing: framing, filter: filter, depth: bits)
    if isDryRun {
      let byteCount = files.count * preparation.imageByteCount
      return Console.note(
        "Would store \(NumberText.count(files.count, "image")) in \(folder): "
          + "\(NumberText.count(byteCount >> 20)) MiB. Nothing was written.")
    }
    let progress = ProgressLine("Decoding", total: files.count)
    let store = try await ImageStoreBuilder(files, preparation: preparation)
      .build(at: folder, threads: source.threads) { progress.update($0) }
    progress.finish()
    let entry = try ImageStoreContent(store, name: name ?? URL(filePath: folder).lastPathComponent)
    var provenance = Provenance.ofThisCommand("images build")
    provenance.recordsRead = files.count
    provenance.recordsKept = store.radiographs.count
    let outcome = try catalog.addImageStore(
      entry, onConflict: isReplacing ? .replace : .refuse, provenance: provenance)
    let info = try catalog.imageStore(entry.name)
    try output.write(info) { _ in ImageText.text(info, outcome: outcome) }
  }
}

extension ImageStoreContent {
  /// A store as the catalog knows it.
  init(_ store: ImageStore, name: String) throws {
    let preparation = store.description.preparation
    self.init(
      name: name, folder: URL(filePath: store.folder).standardizedFileURL.path,
      sidePixels: preparation.side, bitDepth: preparation.depth.rawValue,
      preparation: String(decoding: try JSONDocument.encode(preparation), as: UTF8.self),
      contentDigest: store.contentDigest,
      images: (store.radiographs + store.failures).map { radiograph in
        Image(
          dataset: radiograph.dataset, imageName: radiograph.imageName,
          shard: radiograph.place?.shard, shardRow: radiograph.place?.row,
          fileSHA256: radiograph.source?.sha256, problem: radiograph.problem?.rawValue)
      })
  }
}
