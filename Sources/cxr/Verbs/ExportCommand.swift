// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRCore
import CXRFiles
import CXRReport
import Foundation

/// The command `cxr export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a cohort, a dataset or a part of a split for other tools.",
    discussion: """
      One row per radiograph, ordered by dataset and image name. csv leaves empty what is not known,
      jsonl writes null. croissant writes a description in Croissant 1.0 (JSON-LD) and the table
      beside it as .csv, tied to it by its SHA-256.

      Reports stay out unless --with-reports is given: most datasets do not allow to pass them on.

      Example:
        cxr export --dataset nih --split study:train --view pa --format csv --out train.csv
      """)

  /// The forms of an export.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, jsonl, croissant
  }

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var radiographs: SourceOptions

  @Option(help: "The form of the export.")
  var format: Format = .csv

  @Option(name: .customLong("out"), help: "The file to write; an old one is replaced.")
  var file: String

  @Flag(name: .customLong("with-reports"), help: "Add a column for each section of the reports.")
  var isWithReports = false

  mutating func validate() throws {
    try catalog.requireOther(than: file)
    guard format != .croissant || URL(filePath: file).pathExtension != "csv" else {
      throw ValidationError(
        "--out names the description, such as \(URL(filePath: file).stem).json; "
          + "the table is written beside it.")
    }
  }

  func run() throws {
    let catalog = try Catalog(path: catalog.path, access: .read)
    let source = try radiographs.source(in: catalog)
    let reports: ReportAccess = isWithReports ? .included : .withheld
    let columns = try catalog.exportColumns(of: source, reports: reports)
    var table = RadiographExport(columns: columns, format: format == .jsonl ? .jsonl : .csv)
    let progress = ProgressLine("Reading radiographs", total: 0)
    try catalog.forEachExportedRow(of: source, reports: reports) { row in
      table.append(row)
      progress.update(table.count)
    }
    progress.finish()
    guard table.count > 0 else {
      throw CatalogError(
        .invalidContent, "There is no radiograph in \(source.words); nothing was written.")
    }
    var files = [file]
    if format == .croissant {
      let ending = URL(filePath: file).pathExtension
      let beside = file.dropLast(ending.isEmpty ? 0 : ending.count + 1) + ".csv"
      try AtomicFile.write(table.bytes, to: String(beside))
      let document = CroissantDocument(
        name: URL(filePath: file).stem, fileName: URL(filePath: file).stem + ".csv",
        digest: try FileDigest(path: String(beside)), columns: columns, rowCount: table.count,
        origins: try catalog.lineages(of: source),
        commandLine: Provenance.ofThisCommand("export").commandLine,
        writtenAt: Date.now.formatted(.iso8601))
      try AtomicFile.write(Array(JSONDocument.encode(document)), to: file)
      files.append(String(beside))
    } else {
      try AtomicFile.write(table.bytes, to: file)
    }
    Console.note(
      "Wrote \(NumberText.count(table.count, "radiograph")) of \(source.words) to "
        + "\(NumberText.list(files)).")
  }
}

extension URL {
  /// The last component without its extension.
  fileprivate var stem: String { deletingPathExtension().lastPathComponent }
}
