// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXREvaluation
import Foundation

/// The predictions that an analysis works on, with what has to be told about their selection.
struct AnalysisSession {
  /// The predictions.
  let table: PredictionTable
  /// The choices that decide the numbers.
  var options: EvaluationOptions
  /// What the selection warns of.
  let warnings: [String]
  private let request: AnalysisOptions
  private let dataset: String
  private let sources: [CXREvaluation.Provenance.Source]
  private let thresholdOrigins: [String: String]

  /// Reads the predictions that the options name.
  ///
  /// - Parameters:
  ///   - request: The command-line options.
  ///   - dataset: One of several datasets; `nil` for verbs that take one.
  ///   - labels: The labels to read, when they differ from those of the options.
  /// - Throws: `CatalogError` when the catalog, the models, the split or the labels are not there.
  init(_ request: AnalysisOptions, dataset: String? = nil, labels: String? = nil) throws {
    guard dataset != nil || request.datasets.count < 2 else {
      throw ValidationError("Name one --dataset; cxr report takes several.")
    }
    let catalog = try Catalog(path: request.catalog.path, access: .read)
    let dataset = try catalog.datasetName(
      dataset ?? request.datasets.first, havingModels: request.models)
    let info = try catalog.info()
    let known = info.datasets.first { $0.name == dataset }?.runs.map(\.model) ?? []
    let models = request.models.isEmpty ? known : request.models
    guard !models.isEmpty else {
      throw CatalogError(
        .unknownName,
        "\(dataset) has no predictions; add some with `cxr predictions import FILE --dataset "
          + "\(dataset) --model NAME`.")
    }
    let selection = try catalog.predictions(
      PredictionRequest(
        dataset: dataset, models: models, labels: LabelSelection(labels ?? request.labels),
        view: request.view, split: request.split(of: dataset).map { ($0.split, $0.part) }))
    let thresholds = try ThresholdScreening(
      catalog: catalog, dataset: dataset, models: models, imageNames: selection.imageNames)
    self.table = thresholds.screened(selection.table)
    self.options = request.evaluation
    self.request = request
    self.dataset = dataset
    self.warnings =
      Self.coverage(selection) + thresholds.warnings + Self.resampling(request.resampleCount)
    self.thresholdOrigins = thresholds.origins
    self.sources =
      info.provenance.filter { $0.verb == "ingest \(dataset)" }.suffix(1).flatMap(\.sources).map {
        .init(role: $0.role, file: $0.fileName, sha256: $0.sha256)
      }
      + selection.runs.map {
        .init(role: "predictions of \($0.model)", file: $0.fileName, sha256: $0.sha256)
      }
  }

  /// Where the numbers come from, and the command that makes them again.
  func provenance(
    verb: String, arguments: [String] = [], settings: [String: String] = [:]
  ) -> CXREvaluation.Provenance {
    let models = table.models.map(\.name)
    let command =
      ["cxr", verb] + request.arguments(datasets: [dataset], models: models) + arguments
    var all = settings.merging(thresholdOrigins) { first, _ in first }
    all["radiographs"] = String(table.rowCount)
    all["patients"] = String(table.patientCount)
    all["labels"] = table.labels.map(\.name).joined(separator: ", ")
    return CXREvaluation.Provenance(
      software: "cxr " + Version.current,
      command: command.map(\.shellQuoted).joined(separator: " "), seed: options.seed,
      dataset: dataset, sources: sources, settings: all)
  }

  private static func resampling(_ count: Int) -> [String] {
    guard count > 0, count < 200 else { return [] }
    return ["Intervals come from \(count) resamples only; 1000 are usual."]
  }

  private static func coverage(_ selection: PredictionSelection) -> [String] {
    guard selection.withoutPredictionCount > 0 else { return [] }
    return [
      "\(selection.withoutPredictionCount) of \(selection.selectedCount) selected radiographs "
        + "have no prediction of every model and are left out."
    ]
  }
}
