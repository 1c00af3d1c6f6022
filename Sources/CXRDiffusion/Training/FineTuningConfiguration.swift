// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
public import CXRTraining

/// Everything that decides how a diffusion model is fine-tuned, beside the model and the images.
///
/// The defaults are those of RoentGen-v2, as far as they are told, and else of diffusers.
public struct FineTuningConfiguration: Hashable, Codable, Sendable {
  /// What becomes of the text encoder.
  public enum TextEncoderLearning: String, CaseIterable, Codable, Sendable {
    /// It stays as it is, and each prompt is encoded once.
    case frozen
    /// It learns together with the U-Net.
    case learning
  }

  /// The highest learning rate.
  public var learningRate = 1e-4
  /// The course of the learning rate after the warm-up.
  public var schedule = LearningRateSchedule.Shape.constant
  /// The steps over which the learning rate rises from 0.
  public var warmupSteps = 500
  /// The steps of the run, at least 1.
  public var steps = 10_000
  /// The images that the networks are given together, those of all ranks; at least 1.
  ///
  /// As many of a class come besides, if there are such.
  public var batchSize = 16
  /// The batches whose gradients make a step, at least 1.
  public var accumulation = 1
  /// The largest norm of the gradients of all networks together; `nil` for no limit.
  public var largestGradientNorm: Double? = 1
  /// The numbers of AdamW.
  public var adam = Adam()
  /// Where Min-SNR weights cut the signal-to-noise ratio off, above 0; `nil` for equal weights.
  public var snrGamma: Double?
  /// The noise that is mixed into latent pictures.
  public var noise = TrainingNoise()
  /// The share of images, from 0 to 1, that are seen with an empty prompt, which is what guidance
  /// compares with.
  public var promptDropout = 0.0
  /// What becomes of the text encoder.
  public var textEncoder = TextEncoderLearning.learning
  /// The low-rank adapters that learn in the place of the networks' weights, if any.
  public var adapter: LowRankConfiguration?
  /// What the loss of an image of the class counts for beside that of an image to be learned, not
  /// negative; images of a class are ``DiffusionTrainer/prior``.
  public var priorLossWeight = 1.0
  /// A running average of the weights that is validated and exported in place of them, if any.
  public var average: AverageDecay?
  /// The type that products and convolutions are computed in.
  public var precision = Precision.float32
  /// What becomes of the numbers within the networks until their gradients are worked out.
  public var activations = Activations.kept
  /// The steps after which the images for validation are looked at, at least 1.
  public var validationInterval = 500
  /// Decides over the order of images, timesteps, noise and prompts that are left out.
  public var seed: UInt64 = 0

  /// Creates the defaults; change what differs.
  public init() {}

  /// The images of a step, those of all ranks; images of a class come besides.
  public var imagesPerStep: Int { batchSize * accumulation }

  /// The learning rate as a function of the step.
  var learningRates: LearningRateSchedule {
    LearningRateSchedule(
      schedule, peak: learningRate, warmup: warmupSteps, total: max(steps, warmupSteps + 1))
  }

  /// Whether all numbers are in their ranges.
  var isValid: Bool {
    [steps, batchSize, accumulation, validationInterval].allSatisfy { $0 > 0 }
      && learningRate > 0 && warmupSteps >= 0 && (0...1).contains(promptDropout)
      && largestGradientNorm ?? 1 > 0 && snrGamma ?? 1 > 0 && priorLossWeight >= 0
      && adapter?.isValid ?? true
  }
}
