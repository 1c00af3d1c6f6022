// SPDX-License-Identifier: Apache-2.0

/// Where a training run is: all that a checkpoint holds beside tensors.
struct TrainingProgress: Hashable, Codable, Sendable {
  /// The stage that is being learned; the number of stages when all are done.
  var stage = 0
  /// The epoch, counted on from stage to stage.
  var epoch = 0
  /// The first epoch of the stage.
  var firstEpoch = 0
  /// The next batch of the epoch.
  var batch = 0
  /// The steps made, counted on from stage to stage.
  var step = 0
  /// The steps made in the stage.
  var stageStep = 0
  /// The sum of the losses of the epoch so far.
  var lossSum = 0.0
  /// The number of labels in that sum.
  var lossWeight = 0.0
  /// The seconds that the epoch took so far.
  var seconds = 0.0
  /// The smallest validation loss of the stage.
  var smallestLoss: Double?
  /// The epochs since then.
  var epochsWithoutProgress = 0
  /// What the finished epochs came to.
  var history: [EpochRecord] = []

  /// The mean loss of the epoch so far.
  var meanLoss: Double { lossWeight > 0 ? lossSum / lossWeight : 0 }

  /// Counts a step.
  mutating func add(_ loss: (lossSum: Double, weight: Double), seconds: Double) {
    lossSum += loss.lossSum
    lossWeight += loss.weight
    self.seconds += seconds
    batch += 1
    step += 1
    stageStep += 1
  }

  /// Goes on to the next epoch.
  mutating func endEpoch() {
    epoch += 1
    (batch, lossSum, lossWeight, seconds) = (0, 0, 0, 0)
  }

  /// Goes on to the next stage.
  mutating func endStage() {
    stage += 1
    firstEpoch = epoch
    (stageStep, epochsWithoutProgress) = (0, 0)
    smallestLoss = nil
  }
}
