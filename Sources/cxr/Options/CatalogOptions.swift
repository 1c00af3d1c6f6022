// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// Where the catalog is.
struct CatalogOptions: ParsableArguments {
  @Option(
    name: .customLong("catalog"),
    help: "The catalog file (default: $CXR_CATALOG, else cxr.sqlite).")
  var catalogPath: String?

  /// The path in force: the option, else the environment, else `cxr.sqlite`.
  var path: String {
    catalogPath ?? ProcessInfo.processInfo.environment["CXR_CATALOG"].flatMap {
      $0.isEmpty ? nil : $0
    } ?? "cxr.sqlite"
  }

  /// Checks that a file to be written is not the catalog itself.
  ///
  /// - Parameter file: The path of the file.
  /// - Throws: `ValidationError` when both are one file, by whatever names.
  func requireOther(than file: String) throws {
    let written = URL(filePath: file).resolvingSymlinksInPath().standardizedFileURL.path
    let own = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
    guard !["", "-wal", "-shm"].contains(where: { own + $0 == written }) else {
      throw ValidationError("--out \(file) is the catalog; name another file.")
    }
  }
}
