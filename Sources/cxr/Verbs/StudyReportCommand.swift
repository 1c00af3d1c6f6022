// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRReport
import CXRStudy
import Foundation

/// The command `cxr study report`.
struct StudyReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a study's tables and figures, as a paper prints them.",
    discussion: """
      Reads study.json, which `cxr study run` writes, and the catalog with the predictions: \
      study.sqlite beside it unless --catalog names another. Writes index.html, report.md, \
      report.json, tables/*.csv, latex/*.tex and figures/*.svg. Beside each number that the paper \
      published stand the published one and the difference. What cannot be made is listed with the \
      reason; --dry-run lists it before anything is computed.

      Example:
        cxr study report studies/mine --out reports/mine
        cxr study report mine.json --catalog mine.sqlite --dry-run
      """)

  @Argument(help: "The file study.json, or the folder in which it lies.")
  var study: String

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("out"), help: "The folder to write into; it is created.")
  var folder: String?

  @Option(help: "The number of threads; it changes the time, never the result.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .customLong("dry-run"), help: "List what would be produced; compute nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1.") }
    guard isDryRun || folder != nil else {
      throw ValidationError("Name a folder with --out, or ask what would be in it with --dry-run.")
    }
  }

  func run() async throws {
    let session = try StudySession(
      URL(filePath: study), catalogPath: catalogPath, threads: threads)
    guard let folder, !isDryRun else {
      let plan = StudyPlan(session.index, material: session.material, notes: session.notes)
      return try output.write(plan) { _ in plan.text() }
    }
    let results = try await session.results(
      command: ["cxr", "study", "report", study, "--out", folder])
    Console.progress("Drawing figures")
    let result = try await StudyReportWriter(results, material: session.material)
      .write(to: URL(filePath: folder))
    if let note = result.note { Console.note("note: " + note) }
    try output.write(results) { _ in
      result.plan.text()
        + "\nWrote \(result.files.count) files to \(folder); open \(folder)/index.html.\n"
    }
  }

  /// The catalog that is asked for, else the one that the study keeps beside its index, else the
  /// usual one.
  private var catalogPath: String {
    let folder = StudyIndex.file(at: URL(filePath: study)).deletingLastPathComponent()
    let own = StudyLayout(folder: folder.path).catalog
    return catalog.catalogPath == nil && FileManager.default.fileExists(atPath: own)
      ? own : catalog.path
  }
}
