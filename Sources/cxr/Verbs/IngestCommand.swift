// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRIngest

/// The command `cxr ingest`.
struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read a dataset's official metadata into the catalog.",
    discussion: """
      Example:
        cxr ingest nih --root data/nih
      """,
    subcommands: [NIH.self])

  /// The command `cxr ingest nih`.
  struct NIH: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "nih",
      abstract: "Read NIH ChestX-ray14: Data_Entry_2017 or its 2020 revision, boxes, lists.",
      discussion: """
        The same files twice change nothing; files that lack radiographs which the catalog has are
        refused unless --replace is given; an interrupted run leaves the catalog as it was.

        Example:
          cxr ingest nih --root data/nih --labels-from v2020 --ages-from v2017
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The folder that holds the official files, plain or .gz.")
    var root: String

    @Option(help: "v2017, v2020 or a file: where labels come from (default: the newest).")
    var labelsFrom: String?

    @Option(help: "v2017, v2020 or a file: where ages come from (default: with the labels).")
    var agesFrom: String?

    @Option(name: .customLong("max-bad-rows"), help: "How many unusable rows may be skipped.")
    var maximumBadRowCount = 0

    @Flag(name: .customLong("strict"), help: "Treat warnings as errors.")
    var isStrict = false

    @Option(help: "The name of the dataset in the catalog.")
    var dataset = "nih"

    @Flag(
      name: .customLong("replace"),
      help: "Remove radiographs that the files lack, with their predictions.")
    var isReplacing = false

    @Flag(name: .customLong("dry-run"), help: "Read and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws {
      guard maximumBadRowCount >= 0 else {
        throw ValidationError("--max-bad-rows takes a number from 0.")
      }
    }

    func run() async throws {
      var options = NIHIngester.Options(
        datasetName: dataset, labelsFrom: labelsFrom, agesFrom: agesFrom,
        badRecords: BadRecordPolicy(
          maximumBadRecordCount: maximumBadRowCount, strictness: isStrict ? .strict : .lenient))
      options.conflictPolicy = isReplacing ? .replace : .refuse
      let ingester = NIHIngester(rootPath: root, options: options)
      try ingester.checkFiles()
      let catalog = isDryRun ? try Catalog.inMemory() : try Catalog(path: catalog.path)
      let reading = ProgressLine("Reading radiographs", total: 0)
      let report = try ingester.ingest(
        into: catalog, provenance: .ofThisCommand("ingest \(dataset)")
      ) { stage, count in
        switch stage {
        case .reading: reading.update(count)
        case .writing: Console.progress("Writing \(count) radiographs to the catalog")
        }
      }
      reading.finish()
      try output.write(report) { _ in
        ImportText(report, subject: dataset, isDryRun: isDryRun).text
      }
    }
  }
}
