// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRFiles
import Foundation

/// Where an export goes: a file, whose folder is made where it is missing, or standard output.
struct ExportFileOptions: ParsableArguments {
  /// What `--json` prints of an export.
  private struct Document: Encodable {
    let exported: String
    let files: [String]
    let isDryRun: Bool
    let rowCount: Int
  }

  @Option(
    name: .customLong("out"),
    help: "The file to write, - for standard output; an old file is replaced.")
  var path: String

  @Flag(name: .customLong("dry-run"), help: "Read and count; write nothing.")
  var isDryRun = false

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard !isStandardOutput || !output.isJSON else {
      throw ValidationError("--json and --out - both take standard output; give --out a file.")
    }
  }

  /// Whether the export goes to standard output.
  var isStandardOutput: Bool { path == "-" }

  /// Checks that the export does not replace the catalog.
  func requireOther(than catalog: CatalogOptions) throws {
    if !isStandardOutput { try catalog.requireOther(than: path) }
  }

  /// Writes a file of the export, unless nothing is to be written.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - file: The path of the file, if it is another one than ``path``.
  /// - Throws: `FileError` with code `.unwritable`.
  func write(_ bytes: [UInt8], to file: String? = nil) throws {
    guard !isDryRun else { return }
    guard !isStandardOutput else { return try Console.write(Data(bytes)) }
    let folder = URL(filePath: file ?? path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable,
        "The folder of \(file ?? path) cannot be made; check the path and its permissions.",
        cause: error)
    }
    try AtomicFile.write(bytes, to: file ?? path)
  }

  /// Tells what was written.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - noun: What a row is, such as `radiograph`.
  ///   - subject: What they are of, such as a dataset.
  ///   - files: The files, if there are others than ``path``.
  /// - Throws: `FileError` with code `.unwritable`.
  func report(_ count: Int, _ noun: String, of subject: String, files: [String]? = nil) throws {
    let files = files ?? [path]
    if output.isJSON {
      try output.write(
        Document(exported: subject, files: files, isDryRun: isDryRun, rowCount: count)
      ) { _ in "" }
    } else {
      Console.note(
        "\(isDryRun ? "Would write" : "Wrote") \(NumberText.count(count, noun)) of \(subject) to "
          + (isStandardOutput ? "standard output." : "\(NumberText.list(files))."))
    }
  }
}
