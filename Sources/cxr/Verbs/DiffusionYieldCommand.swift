// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRGeneration
import CXRReport
import Foundation

/// The command `cxr diffusion yield`.
struct DiffusionYieldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yield",
    abstract: "Count images by sex, race and age: accepted at which attempt, discarded, untested.",
    discussion: """
      A run that goes on is counted as far as it has come. With --out, writes yield.md, yield.json, \
      yield.csv, checks.csv and balance.csv. Passed and untested are never added up: what a model \
      cannot tell, such as a race that it has no class for, is counted by itself.

      Example:
        cxr diffusion yield balanced --out balanced-yield
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The name of the run.")
  var name: String

  @Option(name: .customLong("out"), help: "A folder to write into; it is created.")
  var folder: String?

  @Flag(name: .customLong("dry-run"), help: "Print only; write nothing into the folder.")
  var isDryRun = false

  func run() throws {
    let yield = try GenerationYield(of: name, in: Catalog(path: catalog.path, access: .read))
    if let folder, !isDryRun {
      let files = try GenerationYieldReport(yield).write(to: URL(filePath: folder))
      Console.note("Wrote \(files.map(\.lastPathComponent).joined(separator: ", ")) to \(folder).")
    }
    try output.write(yield) { GenerationYieldReport(yield).text(style: $0) }
  }
}
