// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What the catalog answers to a ``PredictionRequest``.
public struct PredictionSelection: Sendable {
  /// The radiographs with predictions by every model, ordered by image name.
  public let table: PredictionTable
  /// The names of the table's images.
  public let imageNames: [String]
  /// The number of radiographs that the view and the split select.
  public let selectedCount: Int
  /// The runs, in the order asked for.
  public let runs: [PredictionRunInfo]

  /// The number of selected radiographs without a prediction by every model.
  public var withoutPredictionCount: Int { selectedCount - imageNames.count }
}
