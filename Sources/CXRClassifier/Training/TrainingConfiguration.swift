// SPDX-License-Identifier: Apache-2.0
public import CXRImage
public import CXRTensor
public import CXRTraining

/// Everything that decides what a classifier learns, beside its images.
///
/// The defaults are those of RoentGen-v2's classifiers, as far as the paper tells them.
public struct TrainingConfiguration: Hashable, Codable, Sendable {
  /// What the classifier is.
  public var classifier: ClassifierDescription
  /// What it learns from, stage by stage.
  public var strategy: TrainingStrategy
  /// The most epochs of a stage.
  public var epochs = 100
  /// The epochs without a smaller validation loss after which a stage ends; `nil` for never.
  public var patience: Int? = 20
  /// The images that the network is given together, those of all ranks.
  public var batchSize = 32
  /// The batches whose gradients make a step.
  ///
  /// But for batch normalisation, which sees one batch at a time, a step is that of one batch of all
  /// their images.
  public var accumulation = 1
  /// How gradients become steps.
  public var method = OptimizationMethod.adamW(weightDecay: 0.05)
  /// The course of the learning rate over a stage; its peak is the stage's.
  public var schedule = LearningRateSchedule.Shape.cosine()
  /// The steps over which the learning rate rises at the beginning of a stage.
  public var warmupSteps = 0
  /// The largest norm of all gradients together; `nil` for no limit.
  public var largestGradientNorm: Double?
  /// What the losses of positive labels are multiplied by.
  public var weighting = ClassWeighting.none
  /// A running average of the weights that is validated and kept in place of them, if any.
  public var average: AverageDecay?
  /// Random changes of the pictures to learn from.
  public var augmentation: Augmentation?
  /// The type that products and convolutions are computed in.
  public var precision = Precision.float32
  /// Which algorithms operators take.
  public var algorithms = Algorithms()
  /// The order in which the elements of pictures and of convolutions' weights lie.
  public var memoryOrder = MemoryOrder.contiguous
  /// What becomes of the numbers within the network until their gradients are worked out.
  public var activations = Activations.kept
  /// Decides over initial weights, the order of images, their random changes and dropout.
  public var seed: UInt64 = 0

  /// Creates a configuration with the published settings; change what differs.
  public init(_ classifier: ClassifierDescription, strategy: TrainingStrategy) {
    self.classifier = classifier
    self.strategy = strategy
  }

  /// The images of a step, those of all ranks.
  public var imagesPerStep: Int { batchSize * accumulation }
}
