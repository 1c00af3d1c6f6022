// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// The radiographs that an evaluation is about.
public struct PredictionRequest: Sendable {
  /// The name of the dataset.
  public var dataset: String
  /// The names of the models.
  public var models: [String]
  /// The labels.
  public var labels: LabelSelection
  /// The projection, if only one is wanted.
  public var view: View?
  /// The split and its part, if only that is wanted.
  public var split: (name: String, part: String)?

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - models: The names of the models.
  ///   - labels: The labels.
  ///   - view: The projection, if only one is wanted.
  ///   - split: The split and its part, if only that is wanted.
  public init(
    dataset: String, models: [String], labels: LabelSelection, view: View? = nil,
    split: (name: String, part: String)? = nil
  ) {
    self.dataset = dataset
    self.models = models
    self.labels = labels
    self.view = view
    self.split = split
  }
}
