// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRImage
import Foundation

/// Which radiographs a verb decodes, and where their files are.
struct ImageSourceOptions: ParsableArguments {
  @OptionGroup var radiographs: SourceOptions
  @OptionGroup var size: ImageLimitOptions

  @Option(
    name: .customLong("root"),
    help: """
      The folder that a dataset was unpacked into, as DIR, or as DATASET=DIR for each of several.
      """)
  var roots: [String] = []

  @Option(help: "The number of threads; it changes the time, never the result.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  mutating func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1.") }
    guard !roots.isEmpty else {
      throw ValidationError("Name the folder of the images with --root DIR.")
    }
  }

  /// The files of the radiographs, ordered by dataset and image name.
  ///
  /// - Parameter catalog: The catalog.
  /// - Returns: One file per radiograph.
  /// - Throws: `CatalogError` if there is no radiograph, or if one has no path.
  func files(in catalog: Catalog) throws -> [RadiographFile] {
    try files(of: radiographs.source(in: catalog), in: catalog)
  }

  /// The files of the radiographs of a source, ordered by dataset and image name.
  ///
  /// - Parameters:
  ///   - source: The source, as the options name it.
  ///   - catalog: The catalog.
  /// - Returns: One file per radiograph.
  /// - Throws: `CatalogError` if there is no radiograph, or if one has no path.
  func files(of source: RadiographSource, in catalog: Catalog) throws -> [RadiographFile] {
    let rows = try RadiographRow.all(of: source, in: catalog)
    return try files(of: rows, among: rows)
  }

  /// The files of some radiographs.
  ///
  /// - Parameters:
  ///   - rows: The radiographs whose files are wanted.
  ///   - all: All radiographs that the options name, which say whose folders may be given.
  /// - Returns: One file per radiograph, in their order.
  /// - Throws: `CatalogError` if a radiograph has no path.
  func files(of rows: [RadiographRow], among all: [RadiographRow]) throws -> [RadiographFile] {
    let locator = try ImageLocator(roots: folders(of: Set(all.map(\.dataset))))
    return try rows.map { row in
      guard let path = row.relativePath else {
        throw CatalogError(
          .invalidContent,
          "The descriptor of \(row.dataset) does not say where its images are; add "
            + "images: {path: …} to it and ingest it again.")
      }
      return RadiographFile(
        dataset: row.dataset, imageName: row.imageName,
        path: try locator.path(of: path, imageName: row.imageName, dataset: row.dataset))
    }
  }

  private func folders(of datasets: Set<String>) throws -> [String: String] {
    var folders: [String: String] = [:]
    let known = datasets.sorted().joined(separator: ", ")
    for root in roots {
      let parts = root.split(separator: "=", maxSplits: 1).map(String.init)
      let isNamed = parts.count == 2 && datasets.contains(parts[0])
      guard isNamed || datasets.count == 1, let dataset = isNamed ? parts[0] : datasets.first else {
        throw ValidationError(
          "--root \(root): there are images of \(known); write --root DATASET=DIR for each.")
      }
      guard folders.updateValue(isNamed ? parts[1] : root, forKey: dataset) == nil else {
        throw ValidationError("--root names two folders for the images of \(dataset); name one.")
      }
    }
    for (dataset, folder) in folders.sorted(by: { $0.key < $1.key }) {
      var isFolder: ObjCBool = false
      let exists = unsafe FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
      guard exists, isFolder.boolValue else {
        throw ImageError(
          .missing,
          "\(folder) is no folder; name the one that holds the images of \(dataset), as --root DIR."
        )
      }
    }
    return folders
  }
}
