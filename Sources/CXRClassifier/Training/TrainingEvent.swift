// SPDX-License-Identifier: Apache-2.0

/// What a training run tells while it goes on.
public enum TrainingEvent: Sendable {
  /// A step was made.
  case step(StepRecord)
  /// The images for validation are being looked at.
  case validating(done: Int, of: Int)
  /// An epoch was finished.
  case epoch(EpochRecord)
  /// A checkpoint was written, from which the run can go on.
  case checkpoint(step: Int)
}

/// Where a training run is after a step.
public struct StepRecord: Hashable, Sendable {
  /// The number of the stage, from 0.
  public let stage: Int
  /// How many stages there are.
  public let stageCount: Int
  /// The number of the epoch in the stage, from 0.
  public let epoch: Int
  /// The most epochs of the stage.
  public let epochLimit: Int
  /// The steps made in the epoch.
  public let step: Int
  /// The steps of an epoch.
  public let stepsPerEpoch: Int
  /// The mean loss over the epoch so far.
  public let meanLoss: Double
  /// The seconds of a step, over the epoch so far.
  public let secondsPerStep: Double
  /// The images that are learned from in a second, over the epoch so far.
  public let imagesPerSecond: Double
}
