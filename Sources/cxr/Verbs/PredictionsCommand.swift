// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRIngest

/// The command `cxr predictions`.
struct PredictionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predictions",
    abstract: "Bring models' scores into the catalog.",
    discussion: """
      Example:
        cxr predictions import preds.csv --dataset nih --model mine
      """,
    subcommands: [Import.self, List.self, Remove.self])

  /// The command `cxr predictions import`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Read one model's scores from a CSV file, plain or .gz.",
      discussion: """
        The image column is found by its name (path, Image Index, image_id and others), score \
        columns by the label's name with or without prob_. Labels may be spelled as the dataset \
        does.

        Example:
          cxr predictions import preds.csv --dataset nih --model mine \\
            --column Effusion=p_eff
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The CSV file.")
    var file: String

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    @Option(help: "The name to give to the model.")
    var model: String

    @Option(
      name: .customLong("column"),
      help: "Where a label's scores are, as LABEL=COLUMN; repeatable.",
      transform: Assignment.reading("LABEL=COLUMN, such as Effusion=p_eff"))
    var columns: [Assignment] = []

    @Option(help: "unit accepts scores from 0 to 1, any accepts every finite score.")
    var scoreRange: PredictionImporter.ScoreRange = .unit

    @Option(name: .customLong("max-bad-rows"), help: "How many unusable rows may be skipped.")
    var maximumBadRowCount = 0

    @Flag(name: .customLong("strict"), help: "Treat warnings as errors.")
    var isStrict = false

    @Flag(name: .customLong("replace"), help: "Replace other predictions of the same name.")
    var isReplacing = false

    @Flag(name: .customLong("dry-run"), help: "Read and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws {
      guard maximumBadRowCount >= 0 else {
        throw ValidationError("--max-bad-rows takes a number from 0.")
      }
      guard !model.isEmpty else { throw ValidationError("--model takes a name.") }
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      var importer = PredictionImporter(
        path: file, dataset: try catalog.datasetName(dataset), model: model)
      importer.columnByLabel = Dictionary(
        columns.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
      importer.scoreRange = scoreRange
      importer.badRecords = BadRecordPolicy(
        maximumBadRecordCount: maximumBadRowCount, strictness: isStrict ? .strict : .lenient)
      importer.conflictPolicy = isReplacing ? .replace : .refuse
      let provenance = Provenance.ofThisCommand("predictions import")
      let report =
        isDryRun
        ? try importer.check(against: catalog, provenance: provenance)
        : try importer.run(into: catalog, provenance: provenance)
      try output.write(report) { _ in
        ImportText(report, subject: model, isDryRun: isDryRun).text
      }
    }
  }

  /// The command `cxr predictions list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the models whose scores the catalog holds.",
      discussion: """
        Example:
          cxr predictions list
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let info = try Catalog(path: catalog.path, access: .read).info()
      let runs = Dictionary(uniqueKeysWithValues: info.datasets.map { ($0.name, $0.runs) })
      try output.write(runs) { _ in CatalogText.runs(info.datasets) }
    }
  }
}
