// SPDX-License-Identifier: Apache-2.0

/// What a model says of images.
public struct Predictions: Sendable {
  /// What the numbers mean.
  public let outputs: [ModelOutput]
  /// A number for each output and image, shape `[outputs, images]`.
  public let values: [[Double]]
  /// What was renamed or left out of a file of weights, in phrases for a person to read.
  public let notes: [String]
}
