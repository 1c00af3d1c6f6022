// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRFiles
import CXRImage
import CXRReport

/// The command `cxr images check`.
struct ImagesCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Decode every image and say which cannot be used, and why.",
    discussion: """
      Nothing is written but the list of --list. The exit status is 65 when an \
      image cannot be decoded.

      Example:
        cxr images check --dataset nih --root nih --list problems.csv
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var source: ImageSourceOptions

  @Option(name: .customLong("list"), help: "A CSV file to write the problems to, one per row.")
  var listFile: String?

  func run() async throws {
    if let listFile { try catalog.requireOther(than: listFile) }
    let files = try source.files(in: Catalog(path: catalog.path, access: .read))
    let progress = ProgressLine("Decoding", total: files.count)
    let survey = try await ImageSurvey(
      of: files, limits: source.size.limits, threads: source.threads
    ) { progress.update($0) }
    progress.finish()
    if let listFile {
      var table = CSVWriter(header: ["dataset", "imageName", "problem", "message"])
      for problem in survey.problems {
        table.append(
          [problem.dataset, problem.imageName, problem.code.rawValue, problem.message])
      }
      try AtomicFile.write(table.bytes, to: listFile)
    }
    try output.write(survey) { _ in ImageText.text(survey) }
    guard survey.problems.isEmpty else { throw ExitStatus.badData.exitCode }
  }
}
