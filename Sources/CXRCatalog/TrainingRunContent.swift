// SPDX-License-Identifier: Apache-2.0

/// A training run as the catalog knows it.
public struct TrainingRunContent: Hashable, Codable, Sendable {
  /// What an epoch came to.
  public struct Epoch: Hashable, Codable, Sendable {
    /// The number of the epoch, from 0, counted on from stage to stage.
    public var epoch: Int
    /// The number of the stage, from 0.
    public var stage: Int
    /// The steps made until its end.
    public var step: Int
    /// The learning rate of its last step.
    public var learningRate: Double
    /// The mean loss of the labels that were learned.
    public var trainingLoss: Double
    /// The mean loss of the labels of the images for validation.
    public var validationLoss: Double
    /// The mean AUROC over the findings for which it is defined.
    public var validationMeanAUROC: Double?
    /// How many findings are in that mean.
    public var definedFindingCount: Int
    /// Whether these were the best weights of the stage so far.
    public var isBest: Bool
    /// The seconds that learning took.
    public var seconds: Double
    /// The images that were learned from.
    public var imageCount: Int

    /// Creates an epoch.
    public init(
      epoch: Int, stage: Int, step: Int, learningRate: Double, trainingLoss: Double,
      validationLoss: Double, validationMeanAUROC: Double?, definedFindingCount: Int, isBest: Bool,
      seconds: Double, imageCount: Int
    ) {
      self.epoch = epoch
      self.stage = stage
      self.step = step
      self.learningRate = learningRate
      self.trainingLoss = trainingLoss
      self.validationLoss = validationLoss
      self.validationMeanAUROC = validationMeanAUROC
      self.definedFindingCount = definedFindingCount
      self.isBest = isBest
      self.seconds = seconds
      self.imageCount = imageCount
    }
  }

  /// The name of the run.
  public var name: String
  /// The folder of the run.
  public var folder: String
  /// All settings as JSON.
  public var configurationJSON: String
  /// Whether all stages are done.
  public var isFinished: Bool
  /// What the epochs came to, in order.
  public var epochs: [Epoch]

  /// Creates a run.
  public init(
    name: String, folder: String, configurationJSON: String, isFinished: Bool, epochs: [Epoch]
  ) {
    self.name = name
    self.folder = folder
    self.configurationJSON = configurationJSON
    self.isFinished = isFinished
    self.epochs = epochs
  }
}
