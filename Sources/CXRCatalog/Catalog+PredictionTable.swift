// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Reads the radiographs, labels, scores and thresholds that an evaluation needs.
  ///
  ///     let request = PredictionRequest(dataset: "nih", models: ["run11"], labels: .eight)
  ///     try catalog.predictions(request).table.rowCount  // 6373
  ///
  /// A finding's states come from the 14 findings. A native label counts as positive where the
  /// dataset lists it and as negative elsewhere; its scores are found under the finding's name when
  /// the label is a finding under another spelling.
  ///
  /// - Parameter request: What is wanted.
  /// - Returns: The table; a label that a model does not score has no scores there.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset, model, label, split
  ///   or part, `.invalidContent` when no radiograph is left.
  /// - Complexity: O(radiographs + scores of the labels).
  public func predictions(_ request: PredictionRequest) throws -> PredictionSelection {
    try read { database in
      let datasetID = try Self.datasetID(request.dataset, in: database)
      return try PredictionReader(database: database, datasetID: datasetID, request: request).read()
    }
  }
}
