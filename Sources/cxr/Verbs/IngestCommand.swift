// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRIngest

/// The command `cxr ingest`.
struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read a dataset's metadata, labels and reports into the catalog.",
    discussion: """
      A dataset is read as its descriptor says: built in are chexpert, chexpert-plus, mimic-cxr, \
      nih, padchest and vindr-cxr; another is described in a YAML file (see cxr dataset schema).

      The same files twice change nothing; files that lack radiographs which the catalog has are \
      refused unless --replace is given; an interrupted run leaves the catalog as it was.

      Example:
        cxr ingest nih --root data/nih --set age=v2017
        cxr ingest --manifest my-hospital.yaml --root data/my-hospital
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var source: DescriptorOptions

  @Option(help: "The folder that holds the dataset's files, plain or .gz.")
  var root: String

  @Option(
    name: .customLong("table"), help: "Another file for a table, as TABLE=FILE; repeatable.")
  var tables: [Assignment] = []

  @Option(name: .customLong("max-bad-rows"), help: "How many unusable rows may be skipped.")
  var maximumBadRowCount = 0

  @Flag(name: .customLong("strict"), help: "Treat warnings as errors.")
  var isStrict = false

  @Option(help: "The name of the dataset in the catalog (default: the descriptor's).")
  var dataset: String?

  @Flag(
    name: .customLong("replace"),
    help: "Remove radiographs that the files lack, with their predictions.")
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Read and report; write nothing.")
  var isDryRun = false

  mutating func validate() throws {
    try source.validateChoice()
    guard maximumBadRowCount >= 0 else {
      throw ValidationError("--max-bad-rows takes a number from 0.")
    }
  }

  func run() async throws {
    var options = DatasetIngester.Options()
    options.datasetName = dataset
    options.tableFiles = Assignment.dictionary(tables)
    options.badRecords = BadRecordPolicy(
      maximumBadRecordCount: maximumBadRowCount, strictness: isStrict ? .strict : .lenient)
    options.conflictPolicy = isReplacing ? .replace : .refuse
    let ingester = DatasetIngester(try source.descriptor(), rootPath: root, options: options)
    try ingester.checkFiles()
    let catalog = isDryRun ? try Catalog.inMemory() : try Catalog(path: catalog.path)
    let progress = IngestProgress()
    let report = try ingester.ingest(
      into: catalog, provenance: .ofThisCommand("ingest \(ingester.datasetName)"),
      progress: progress.update)
    progress.finish()
    try output.write(report) { _ in
      ImportText(report, subject: ingester.datasetName, isDryRun: isDryRun).text
    }
  }
}
