// SPDX-License-Identifier: Apache-2.0

/// One stage of training: what is learned from, with which learning rate, and from which weights on.
public struct TrainingStage: Hashable, Codable, Sendable {
  /// Where the weights of a stage come from.
  public enum Start: String, Codable, Hashable, Sendable {
    /// The weights that the run is given, such as ImageNet's; random ones when it is given none.
    case given
    /// Random weights, whatever the run is given.
    case random
    /// The best weights of the stage before.
    case previousStage
  }

  /// The learning rate of a first stage in RoentGen-v2.
  public static let firstLearningRate = 1e-4
  /// The learning rate of fine-tuning in RoentGen-v2.
  public static let fineTuningLearningRate = 5e-5

  /// What is learned from.
  public var mix: TrainingMix
  /// The learning rate before any schedule, above 0.
  public var learningRate: Double
  /// Where the weights come from.
  public var start: Start

  /// Creates a stage.
  ///
  /// - Parameters:
  ///   - mix: What is learned from.
  ///   - learningRate: The learning rate before any schedule, above 0.
  ///   - start: Where the weights come from.
  public init(
    _ mix: TrainingMix, learningRate: Double = firstLearningRate, start: Start = .given
  ) {
    precondition(learningRate > 0, "a learning rate is above 0")
    self.mix = mix
    self.learningRate = learningRate
    self.start = start
  }
}
