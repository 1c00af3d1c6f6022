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
}
