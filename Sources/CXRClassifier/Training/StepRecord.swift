// SPDX-License-Identifier: Apache-2.0

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
