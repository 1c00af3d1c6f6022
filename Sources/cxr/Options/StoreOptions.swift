// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRImage
import Foundation

/// Which stored images a verb works on.
struct StoreOptions: ParsableArguments {
  @Option(help: "The image store, by its name in the catalog.")
  var store: String

  @Option(help: "The number of threads; it changes the time, never the result.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  mutating func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1.") }
  }

  /// Opens the store.
  ///
  /// - Parameter catalog: The catalog that knows it.
  /// - Returns: The store.
  /// - Throws: `CatalogError` for an unknown name, `ImageError` if its folder is gone.
  func open(in catalog: Catalog) throws -> ImageStore {
    try ImageStore(folder: catalog.imageStore(store).folder)
  }
}
