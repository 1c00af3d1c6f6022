// SPDX-License-Identifier: Apache-2.0

/// One prediction run in numbers.
public struct PredictionRunInfo: Codable, Sendable {
  /// The name of the model.
  public let model: String
  /// The file that was imported.
  public let fileName: String
  /// The SHA-256 of the file.
  public let sha256: String
  /// The number of radiographs with scores.
  public let imageCount: Int
  /// The number of images in the file that the dataset does not have.
  public let unknownImageCount: Int
  /// The labels with scores.
  public let labels: [String]
  /// The number of labels with a threshold.
  public let thresholdCount: Int
}
