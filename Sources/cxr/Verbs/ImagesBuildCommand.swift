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
      The store is a folder of NumPy files, each of shape [images, side, side] and of up to 32 MiB, and \
      index.csv, which says what lies where. When the same command is given again, a build that was \
      interrupted goes on behind the last complete file, and of a complete store what has changed is \
      built again: files of another length, and files that could not be decoded and now can. Files that \
      cannot be decoded are left out, counted and listed in the index. A disk without space ends a build \
      with exit status 1 and the name of the file; finished files stay, and the same command goes on \
      when there is space.

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

  /// What a dry run finds.
  struct Plan: Encodable {
    let folder: String
    let state: ImageStoreBuilder.State
    let radiographCount: Int
    let missingFileCount: Int
    let imageByteCount: Int

    var text: String {
      let present = radiographCount - missingFileCount
      let kibibytes = (present * imageByteCount + 1023) / 1024
      return "Dry run, nothing was written: \(NumberText.count(present, "file")) of "
        + "\(NumberText.count(radiographCount, "radiograph")) to be stored in \(folder), up to "
        + "\(NumberText.count(kibibytes)) KiB"
        + (missingFileCount > 0 ? "; \(NumberText.count(missingFileCount)) missing" : "")
        + ".\n"
        + (state == .new ? "" : "The folder holds the same store, \(state.rawValue).\n")
    }
  }

  mutating func validate() throws {
    guard name?.isEmpty != true else { throw ValidationError("--name takes a name.") }
    guard (8...4096).contains(side) else {
      throw ValidationError("--side takes 8 to 4096 pixels.")
    }
  }

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
    let radiographs = try source.radiographs.source(in: catalog)
    let files = try source.files(of: radiographs, in: catalog)
    let preparation = StorePreparation(side: side, framing: framing, filter: filter, depth: bits)
    let builder = ImageStoreBuilder(
      files, preparation: preparation, limits: source.size.limits)
    if isDryRun {
      let plan = Plan(
        folder: folder, state: try builder.state(at: folder), radiographCount: files.count,
        missingFileCount: files.count { !FileManager.default.fileExists(atPath: $0.path) },
        imageByteCount: preparation.imageByteCount)
      return try output.write(plan) { _ in plan.text }
    }
    let progress = ProgressLine("Decoding", total: files.count)
    let store = try await Interruption.explained {
      interruption(builder.progress(at: folder))
    } _: {
      try await builder.build(at: folder, threads: source.threads) { progress.update($0) }
    }
    progress.finish()
    let entry = try ImageStoreContent(store, name: name ?? URL(filePath: folder).lastPathComponent)
    var provenance = Provenance.ofThisCommand("images build")
    provenance.recordsRead = files.count
    provenance.recordsKept = store.radiographs.count
    provenance.optionsJSON = String(
      decoding: try JSONDocument.encode(radiographs), as: UTF8.self)
    let outcome = try catalog.addImageStore(
      entry, onConflict: isReplacing ? .replace : .refuse, provenance: provenance)
    let info = try catalog.imageStore(entry.name)
    try output.write(info) { _ in ImageText.text(info, outcome: outcome) }
  }

  /// What stays of a build that was interrupted.
  private func interruption(_ progress: (finishedShards: Int, shards: Int)) -> String {
    guard progress.finishedShards > 0 else {
      return
        "no shard of the store in \(folder) is finished; the same command begins it again. The "
        + "catalog is as it was."
    }
    let isOne = progress.finishedShards == 1
    return "\(NumberText.count(progress.finishedShards)) of "
      + "\(NumberText.count(progress.shards, "shard")) of the store \(isOne ? "is" : "are") finished "
      + "and \(isOne ? "stays" : "stay") in \(folder); the same command goes on behind "
      + "\(isOne ? "it" : "them"). The catalog is as it was."
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
