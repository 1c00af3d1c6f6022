// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRFiles
import Foundation

/// The command `cxr catalog`.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Show, check or export what the catalog holds.",
    discussion: """
      Example:
        cxr catalog info
      """,
    subcommands: [Info.self, Verify.self, Export.self])

  /// The command `cxr catalog info`.
  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "info", abstract: "Count what the catalog holds, dataset by dataset.",
      discussion: """
        Example:
          cxr catalog info --json
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let info = try Catalog(path: catalog.path, access: .read).info()
      try output.write(info) { _ in CatalogText.info(info) }
    }
  }

  /// The command `cxr catalog verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Check the file, its references, and that no split shares a patient.",
      discussion: """
        Exits with 65 when a check fails.

        Example:
          cxr catalog verify
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let checks = try Catalog(path: catalog.path, access: .read).verify()
      try output.write(checks) { _ in CatalogText.checks(checks) }
      if checks.contains(where: { !$0.problems.isEmpty }) { throw ExitStatus.badData.exitCode }
    }
  }

  /// The command `cxr catalog export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write a dataset as one CSV table, one row per radiograph.",
      discussion: """
        Example:
          cxr catalog export --dataset nih --out nih.csv
        """)

    @OptionGroup var catalog: CatalogOptions

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    @OptionGroup var file: ExportFileOptions

    mutating func validate() throws { try file.requireOther(than: catalog) }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let dataset = try catalog.datasetName(dataset)
      var rowCount = 0
      var table = CSVWriter(header: Catalog.exportHeader)
      try catalog.forEachExportedRow(dataset: dataset) { row in
        table.append(row)
        rowCount += 1
      }
      try file.write(table.bytes)
      try file.report(rowCount, "radiograph", of: dataset)
    }
  }
}
