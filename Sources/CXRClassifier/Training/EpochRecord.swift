// SPDX-License-Identifier: Apache-2.0

/// What an epoch came to.
public struct EpochRecord: Hashable, Codable, Sendable {
  /// The number of the stage, from 0.
  public let stage: Int
  /// The number of the epoch, from 0, counted on from stage to stage.
  public let epoch: Int
  /// The steps made until its end, counted on from stage to stage.
  public let step: Int
  /// The learning rate of its last step.
  public let learningRate: Double
  /// The mean loss over the labels that were learned, before each step.
  public let trainingLoss: Double
  /// The results on the images for validation.
  public let validation: ValidationResult
  /// Whether these are the best weights of the stage so far.
  public let isBest: Bool
  /// The seconds that learning took, without validation.
  public let seconds: Double
  /// The images that were learned from.
  public let imageCount: Int
}
