// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import Foundation

/// The log of a run as JSON Lines: every attempt with its seed, its mode and what each check said.
///
///     let file = try OutputFile(path: "log.jsonl")
///     try GenerationLog.forEachLine(of: "balanced", in: catalog) { try file.write($0) }
///     try file.finish()
public enum GenerationLog {
  /// Gives the lines of the log, by prompt, copy and attempt.
  ///
  /// Nothing in them tells when, where and by how many processes the images were made: the same run
  /// gives the same bytes.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - catalog: Where its log is.
  ///   - body: Called with each line in UTF-8, its end included.
  /// - Returns: The number of lines.
  /// - Throws: `CatalogError` with code `.unknownName`; what `body` throws.
  @discardableResult
  public static func forEachLine(
    of run: String, in catalog: Catalog, _ body: ([UInt8]) throws -> Void
  ) throws -> Int {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var count = 0
    try catalog.forEachGenerationAttempt(of: run) { attempt in
      try body(Array(encoder.encode(attempt)) + [0x0A])
      count += 1
      return true
    }
    return count
  }
}
