// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRFiles
import CXRIngest
import Foundation

/// The command `cxr dataset init`.
struct DatasetInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Draft a descriptor from the header and the first rows of a table.",
    discussion: """
      What is guessed is marked as such, what is not found stands there as a comment: read the \
      draft before you use it. Of the cells, only short words of few kinds are written, such as \
      views, sexes and labels.

      Example:
        cxr dataset init export.csv --out my-hospital.yaml
      """)

  @Argument(help: "A table with a row per radiograph, or per reader and radiograph.")
  var file: String

  @Option(name: .customLong("out"), help: "The file to write (default: standard output).")
  var path: String?

  func run() throws {
    if let path, FileManager.default.fileExists(atPath: path) {
      throw ValidationError(
        "\(path) is there already; name another file with --out, or remove it first.")
    }
    let draft = try DescriptorDraft(path: file)
    guard let path else { return try Console.write(draft.text) }
    try AtomicFile.write(draft.text, to: path)
    let root = URL(filePath: file).deletingLastPathComponent().relativePath
    Console.note("Wrote \(path). Next: cxr dataset check \(path) --root \(root)")
  }
}
