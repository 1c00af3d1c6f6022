// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRGeneration

/// The command `cxr diffusion log`.
struct DiffusionLogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Write every attempt at an image: its seed, its mode and what each check said.",
    discussion: """
      One JSON object on a line, by prompt, copy and attempt. Nothing in it depends on when, where \
      and by how many processes the images were made.

      Example:
        cxr diffusion log balanced --out balanced-log.jsonl
      """)

  @OptionGroup var catalog: CatalogOptions

  @Argument(help: "The name of the run.")
  var name: String

  @OptionGroup var file: ExportFileOptions

  mutating func validate() throws { try file.requireOther(than: catalog) }

  func run() throws {
    var bytes: [UInt8] = []
    let count = try GenerationLog.forEachLine(
      of: name, in: Catalog(path: catalog.path, access: .read)
    ) { bytes += $0 }
    try file.write(bytes)
    try file.report(count, "attempt", of: name)
  }
}
