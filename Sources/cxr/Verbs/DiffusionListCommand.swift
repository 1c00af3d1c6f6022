// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore

/// The command `cxr diffusion list`.
struct DiffusionListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the generation runs.",
    discussion: """
      Example:
        cxr diffusion list
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let runs = try Catalog(path: catalog.path, access: .read).generationRuns()
    try output.write(runs) { _ in
      guard !runs.isEmpty else { return "There is no generation run yet.\n" }
      return runs.map { run in
        "\(run.name): prompts \(run.promptSet), images in \(run.folder)"
          + (run.dataset.map { ", dataset \($0)" } ?? "") + "\n"
      }.joined()
    }
  }
}
