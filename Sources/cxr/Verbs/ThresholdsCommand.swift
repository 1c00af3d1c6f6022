// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRIngest

/// The command `cxr thresholds`.
struct ThresholdsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thresholds",
    abstract: "Import published decision thresholds, or select them on a validation part.",
    discussion: """
      Example:
        cxr thresholds select --dataset nih --model mine --split official:val
      """,
    subcommands: [Import.self, Select.self, List.self])

  /// The command `cxr thresholds import`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Read a CSV file with the columns label and threshold (or bestthr, thr).",
      discussion: """
        Example:
          cxr thresholds import Threshold.csv --dataset nih --model run11
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The CSV file.")
    var file: String

    @Option(help: "The dataset (default: the only one with the model).")
    var dataset: String?

    @Option(help: "The model.")
    var model: String

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .update)
      let report = try ThresholdFile(path: file).run(
        into: catalog, dataset: try catalog.datasetName(dataset, havingModels: [model]),
        model: model, provenance: .ofThisCommand("thresholds import"))
      try output.write(report) { _ in
        ImportText(report, subject: "\(report.recordsKept) thresholds of \(model)").text
      }
    }
  }

  /// The command `cxr thresholds list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List a model's thresholds.",
      discussion: """
        Example:
          cxr thresholds list --model mine
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The dataset (default: the only one with the model).")
    var dataset: String?

    @Option(help: "The model.")
    var model: String

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let dataset = try catalog.datasetName(dataset, havingModels: [model])
      let thresholds = try catalog.thresholds(dataset: dataset, model: model)
      try output.write(thresholds) { _ in ThresholdText.table(thresholds, model: model) }
    }
  }
}
