// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Foundation

extension CXRCatalog.Provenance {
  /// The provenance of what the running command writes.
  ///
  /// - Parameter verb: The verb, such as `ingest nih`.
  /// - Returns: A provenance with the command line and the time.
  static func ofThisCommand(_ verb: String) -> CXRCatalog.Provenance {
    let arguments = ["cxr"] + CommandLine.arguments.dropFirst()
    return CXRCatalog.Provenance(
      verb: verb, commandLine: arguments.map(\.shellQuoted).joined(separator: " "),
      startedAt: Date.now.formatted(.iso8601))
  }
}
