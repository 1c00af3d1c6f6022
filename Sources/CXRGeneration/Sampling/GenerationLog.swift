// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
public import CXRFiles
internal import Foundation

/// The log of a run as JSON Lines: every attempt with its seed, its mode and what each check said.
///
///     let file = try OutputFile(path: "log.jsonl")
///     try GenerationLog.write(of: "balanced", in: catalog, to: file)
///     try file.finish()
public enum GenerationLog {
  /// Writes the log, by prompt, copy and attempt.
  ///
  /// Nothing in it tells when, where and by how many processes the images were made: the same run
  /// gives the same bytes.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - catalog: Where its log is.
  ///   - file: Where the lines go; it is not finished here.
  /// - Throws: `CatalogError` with code `.unknownName`; `FileError` with code `.unwritable`.
  public static func write(of run: String, in catalog: Catalog, to file: OutputFile) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try catalog.forEachGenerationAttempt(of: run) { attempt in
      try file.write(Array(encoder.encode(attempt)) + [0x0A])
      return true
    }
  }
}
