// SPDX-License-Identifier: Apache-2.0

/// What the steps between two validations came to.
public struct FineTuningRecord: Hashable, Codable, Sendable {
  /// The steps made since the run was begun.
  public let step: Int
  /// The learning rate of the last step.
  public let learningRate: Double
  /// The mean loss of the steps since the record before, with the weights of their timesteps.
  public let trainingLoss: Double
  /// The mean squared error on the images for validation with fixed timesteps and noise; `nil`
  /// without such images.
  public let validationLoss: Double?
}
