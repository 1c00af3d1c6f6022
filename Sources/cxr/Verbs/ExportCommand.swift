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
      One row per radiograph, ordered by dataset and image name. csv leaves empty what is not \
      known, jsonl writes null. croissant writes a description in Croissant 1.0 (JSON-LD) and the \
      table beside it as .csv, tied to it by its SHA-256.

      Reports stay out unless --with-reports is given: most datasets do not allow to pass them on.

      Example:
        cxr export --dataset nih --split study:train --view pa --out train.csv
      """)

  /// The forms of an export.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, jsonl, croissant
  }

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var radiographs: SourceOptions

  @Option(help: "The form of the export.")
  var format: Format = .csv

  @OptionGroup var file: ExportFileOptions

  @Flag(name: .customLong("with-reports"), help: "Add a column for each section of the reports.")
  var isWithReports = false

  mutating func validate() throws {
    try file.requireOther(than: catalog)
    guard format == .croissant else { return }
    guard !file.isStandardOutput else {
      throw ValidationError("--format croissant writes two files; give --out a file.")
    }
    guard URL(filePath: file.path).pathExtension != "csv" else {
      throw ValidationError(
        "--out names the description, such as \(URL(filePath: file.path).stem).json; "
          + "the table is written beside it.")
    }
    try catalog.requireOther(than: tableBeside)
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
    try file.write(table.bytes, to: format == .croissant ? tableBeside : nil)
    if format == .croissant, !file.isDryRun {
      let document = CroissantDocument(
        name: URL(filePath: file.path).stem, fileName: URL(filePath: tableBeside).lastPathComponent,
        digest: try FileDigest(path: tableBeside), columns: columns, rowCount: table.count,
        origins: try catalog.lineages(of: source),
        commandLine: Provenance.ofThisCommand("export").commandLine,
        writtenAt: Date.now.formatted(.iso8601))
      try file.write(Array(JSONDocument.encode(document)))
    }
    try file.report(
      table.count, "radiograph", of: source.words,
      files: format == .croissant ? [file.path, tableBeside] : nil)
  }

  /// The path of the table that a Croissant description describes.
  private var tableBeside: String {
    let ending = URL(filePath: file.path).pathExtension
    return String(file.path.dropLast(ending.isEmpty ? 0 : ending.count + 1)) + ".csv"
  }
}

extension URL {
  /// The last component without its extension.
  fileprivate var stem: String { deletingPathExtension().lastPathComponent }
}
