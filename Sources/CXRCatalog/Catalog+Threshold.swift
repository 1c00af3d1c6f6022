// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Makes thresholds the current ones of a model.
  ///
  /// - Parameters:
  ///   - thresholds: The thresholds; a label of the model that has none here keeps the one it has.
  ///   - dataset: The name of the dataset.
  ///   - model: The name of the model.
  ///   - provenance: How the thresholds were found.
  /// - Returns: Whether anything was written: the same thresholds again mean nothing.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset, model or label.
  public func setThresholds(
    _ thresholds: [Threshold], dataset: String, model: String, provenance: Provenance
  ) throws -> WriteOutcome {
    try write { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let runID = try Self.runID(model, datasetID: datasetID, in: database)
      let scored = try String.fetchAll(
        database, sql: "SELECT label FROM predictionLabel WHERE predictionRunID = ? ORDER BY label",
        arguments: [runID])
      if let unknown = thresholds.first(where: { !scored.contains($0.label) }) {
        throw CatalogError(
          .unknownName,
          "\(model) has no scores for \(unknown.label); it has \(scored.joined(separator: ", ")).")
      }
      let former = try Self.thresholds(runID: runID, in: database)
      guard thresholds.contains(where: { !former.contains($0) }) else { return .unchanged }
      let provenanceID = try Self.insert(provenance, into: database)
      for threshold in thresholds {
        try database.execute(
          sql: "INSERT OR REPLACE INTO threshold VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            runID, threshold.label, threshold.value, threshold.rule, threshold.source,
            threshold.split, threshold.part, provenanceID,
          ])
      }
      return former.isEmpty ? .created : .updated
    }
  }

  /// Returns the current thresholds of a model.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - model: The name of the model.
  /// - Returns: The thresholds, by label.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or model.
  public func thresholds(dataset: String, model: String) throws -> [Threshold] {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let runID = try Self.runID(model, datasetID: datasetID, in: database)
      return try Self.thresholds(runID: runID, in: database)
    }
  }

  static func thresholds(runID: Int64, in database: Database) throws -> [Threshold] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM threshold WHERE predictionRunID = ? ORDER BY label",
      arguments: [runID]
    ).map { row in
      Threshold(
        label: row["label"], value: row["value"], rule: row["rule"], source: row["source"],
        split: row["split"], part: row["part"])
    }
  }
}
