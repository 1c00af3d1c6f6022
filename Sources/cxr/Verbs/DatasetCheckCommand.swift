// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRIngest
import CXRYAML
import Foundation

/// The command `cxr dataset check`.
struct DatasetCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell all that is wrong with a descriptor, or what it says and reads.",
    discussion: """
      Every problem is told at once, one a line, with file, line, key and remedy; the exit status \
      then is 65. All variants are checked. With --root the dataset is read too, without writing \
      anything: what is kept, what is dropped and what is not understood is counted.

      Example:
        cxr dataset check my-hospital.yaml --root data/my-hospital
      """)

  /// What `--json` prints.
  private struct Document: Encodable {
    var problems: [YAMLProblem] = []
    var summary: DescriptorSummary?
    var ingest: IngestReport?
  }

  @OptionGroup var output: OutputOptions

  @Argument(help: "A YAML file, or a built-in dataset.")
  var descriptor: String

  @Option(help: "The folder that holds the dataset's files, to read them on trial.")
  var root: String?

  @Option(
    name: .customLong("set"), help: "A variant of the descriptor, as KEY=CHOICE; repeatable.")
  var choices: [Assignment] = []

  func run() async throws {
    let choices = Assignment.dictionary(choices)
    let isBuiltIn = DatasetDescriptor.builtInNames.contains(descriptor)
    let text =
      isBuiltIn
      ? try DatasetDescriptor.builtInText(descriptor)
      : try DatasetDescriptor.text(ofFile: descriptor)
    let fileName = isBuiltIn ? "\(descriptor).yaml" : URL(filePath: descriptor).lastPathComponent
    try DatasetDescriptor.checkChoices(choices, inYAML: text)
    var document = Document()
    document.problems = DatasetDescriptor.problems(
      inYAML: text, fileName: fileName, choices: choices)
    guard document.problems.isEmpty else {
      try output.write(document) { _ in
        document.problems.map { $0.description + "\n" }.joined()
      }
      throw ExitStatus.badData.exitCode
    }
    let described = try DatasetDescriptor(yaml: text, fileName: fileName, choices: choices)
    let summary = described.summary
    document.summary = summary
    document.ingest = try root.map { try trial(described, root: $0) }
    try output.write(document) { _ in
      let trial = document.ingest.map {
        "\n" + ImportText($0, subject: described.name, isDryRun: true).text
      }
      return DescriptorText(summary).text + (trial ?? "")
    }
  }

  /// Reads the dataset into a catalog that is thrown away; bad records are counted, not fatal.
  private func trial(_ descriptor: DatasetDescriptor, root: String) throws -> IngestReport {
    var options = DatasetIngester.Options()
    options.badRecords = BadRecordPolicy(maximumBadRecordCount: .max)
    let ingester = DatasetIngester(descriptor, rootPath: root, options: options)
    let progress = IngestProgress()
    defer { progress.finish() }
    return try ingester.ingest(
      into: Catalog.inMemory(), provenance: .ofThisCommand("dataset check"),
      progress: progress.update)
  }
}
