// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog

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

    @Argument(help: "The model.")
    var model: String

    @Option(help: "The dataset (default: the only one with the model).")
    var dataset: String?

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .update)
      try catalog.removePredictionRun(
        model, dataset: catalog.datasetName(dataset, havingModels: [model]),
        provenance: .ofThisCommand("predictions remove"))
      try Console.write("\(model): removed, with its thresholds\n")
    }
  }
}
