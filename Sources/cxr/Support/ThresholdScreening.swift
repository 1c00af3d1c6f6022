// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore

/// Keeps a threshold away from the radiographs that it was chosen on.
struct ThresholdScreening {
  /// Where each model's thresholds come from, by setting name.
  let origins: [String: String]
  /// What was not used, and why.
  let warnings: [String]
  /// The labels whose thresholds are not used, by model.
  private let refused: [String: Set<String>]

  /// Finds the thresholds that were chosen on some of the radiographs.
  init(catalog: Catalog, dataset: String, models: [String], imageNames: [String]) throws {
    var origins: [String: String] = [:]
    var warnings: [String] = []
    var refused: [String: Set<String>] = [:]
    var overlaps: [String: Bool] = [:]
    var patients: [String: String] = [:]
    for model in models {
      let thresholds = try catalog.thresholds(dataset: dataset, model: model)
      // A rule's words go on with what it reached for the label.
      let sources = Set(thresholds.map { "\($0.rule.prefix { $0 != ":" }), \($0.source)" }).sorted()
      origins["thresholds of \(model)"] =
        sources.isEmpty ? "none" : sources.joined(separator: "; ")
      for threshold in thresholds {
        guard let split = threshold.split, let part = threshold.part else { continue }
        let key = "\(split):\(part)"
        if overlaps[key] == nil {
          if patients.isEmpty { patients = try catalog.patientKeys(dataset: dataset) }
          overlaps[key] = try Self.sharesPatients(
            imageNames,
            with: catalog.split(split, dataset: dataset).partByImageName
              .filter { $0.value == part }.keys, patients: patients)
        }
        if overlaps[key] == true { refused[model, default: []].insert(threshold.label) }
      }
      if let labels = refused[model] {
        warnings.append(
          "\(model): \(labels.count) thresholds are not used, because they were chosen on "
            + "patients that are evaluated here; evaluate another part with --split.")
      }
    }
    self.origins = origins
    self.warnings = warnings
    self.refused = refused
  }

  private static func sharesPatients(
    _ first: [String], with second: some Sequence<String>, patients: [String: String]
  ) -> Bool {
    let known = Set(second.map { patients[$0] ?? $0 })
    return first.contains { known.contains(patients[$0] ?? $0) }
  }

  /// The table without the thresholds that must not be used.
  func screened(_ table: PredictionTable) -> PredictionTable {
    PredictionTable(
      patients: table.patients, sexes: table.sexes, races: table.races,
      agesYears: table.agesYears, views: table.views, labels: table.labels,
      noFindingStates: table.noFindingStates,
      models: table.models.map { model in
        let labels = refused[model.name] ?? []
        return PredictionTable.Model(
          name: model.name, scores: model.scores,
          thresholds: model.thresholds.filter { label, _ in
            !labels.contains(Finding(name: label)?.name ?? label)
          })
      })
  }
}
