// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore

extension PredictionsCommand {
  /// The command `cxr predictions remove`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Remove a model's scores and thresholds.",
      discussion: """
        Example:
          cxr predictions remove mine --dataset nih
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The model.")
    var model: String

    @Option(help: "The dataset (default: the only one with the model).")
    var dataset: String?

    @Flag(name: .customLong("dry-run"), help: "Report; remove nothing.")
    var isDryRun = false

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let dataset = try catalog.datasetName(dataset, havingModels: [model])
      let run = try catalog.predictionRun(model, dataset: dataset)
      if !isDryRun {
        try catalog.removePredictionRun(
          model, dataset: dataset, provenance: .ofThisCommand("predictions remove"))
      }
      let removal = RemovalDocument(
        kind: "predictions", names: [model], dataset: dataset, isDryRun: isDryRun,
        counts: ["radiographs": run.imageCount, "thresholds": run.thresholdCount])
      try output.write(removal) { _ in
        "\(model): \(removal.verb) the scores of \(NumberText.count(run.imageCount, "radiograph")) "
          + "and \(NumberText.count(run.thresholdCount, "threshold"))\n"
      }
    }
  }
}
