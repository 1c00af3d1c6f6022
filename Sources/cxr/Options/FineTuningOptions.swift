// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRDiffusion
import CXRTensor
import CXRTraining

/// How a diffusion model is fine-tuned, under the names that users of diffusers know.
struct FineTuningOptions: ParsableArguments {
  /// The course of the learning rate, in diffusers' words.
  enum Scheduler: String, CaseIterable, ExpressibleByArgument {
    case constant
    case constantWithWarmup = "constant_with_warmup"
    case linear
    case cosine
    case cosineWithRestarts = "cosine_with_restarts"
    case polynomial
  }

  /// The type that is computed in, in diffusers' words.
  enum MixedPrecision: String, CaseIterable, ExpressibleByArgument {
    case no, bf16, fp16

    var precision: Precision {
      switch self {
      case .no: .float32
      case .bf16: .bfloat16
      case .fp16: .float16
      }
    }
  }

  @Option(name: .customLong("max-train-steps"), help: "The steps (default: 10000).")
  var steps: Int?

  @Option(name: .customLong("num-train-epochs"), help: "Passes over all images, in place of steps.")
  var epochs: Int?

  @Option(
    name: .customLong("train-batch-size"),
    help: "The images that the networks are given together, those of all ranks.")
  var batchSize = 16

  @Option(
    name: .customLong("gradient-accumulation-steps"),
    help: "The batches whose gradients together make a step.")
  var accumulation = 1

  @Option(help: "The highest learning rate.")
  var learningRate = 1e-4

  @Flag(help: "Multiply the learning rate by the images of a step.")
  var scaleLr = false

  @Option(help: "The course of the learning rate after the warm-up.")
  var lrScheduler: Scheduler = .constantWithWarmup

  @Option(help: "The steps over which the learning rate rises; constant has none.")
  var lrWarmupSteps = 500

  @Option(help: "The restarts of cosine_with_restarts.")
  var lrNumCycles = 1

  @Option(help: "The power of polynomial.")
  var lrPower = 1.0

  @Flag(inversion: .prefixedNo, help: "Let the text encoder learn together with the U-Net.")
  var trainTextEncoder = true

  @Option(name: .customLong("snr-gamma"), help: "Min-SNR weights with this limit (5 is usual).")
  var snrGamma: Double?

  @Option(help: "How far the noise of whole images is moved (0.1 is usual).")
  var noiseOffset = 0.0

  @Option(help: "Noise that is seen and not to be predicted (0.1 is usual).")
  var inputPerturbation = 0.0

  @Option(
    name: .customLong("proportion-empty-prompts"),
    help: "The share of images without their prompts, for guidance, from 0 to 1.")
  var emptyPrompts = 0.0

  @Option(name: .customLong("adam-beta1"), help: "AdamW: the weight of the past in the mean.")
  var adamBeta1 = 0.9

  @Option(name: .customLong("adam-beta2"), help: "AdamW: the weight of the past in the squares.")
  var adamBeta2 = 0.999

  @Option(help: "AdamW: how weights are drawn towards 0.")
  var adamWeightDecay = 0.01

  @Option(help: "AdamW: what is added to the divisor.")
  var adamEpsilon = 1e-8

  @Option(help: "The largest norm of all gradients of a step together; 0 for no limit.")
  var maxGradNorm = 1.0

  @Flag(name: .customLong("use-ema"), help: "Keep a running average of the weights.")
  var usesAverage = false

  @Option(name: .customLong("ema-decay"), help: "The largest share of the average that stays.")
  var averageDecay = 0.9999

  @Option(help: "The type that is computed in: no for float32, bf16 or fp16.")
  var mixedPrecision: MixedPrecision = .no

  @Flag(help: "Compute blocks twice, to need less memory.")
  var gradientCheckpointing = false

  @Option(
    name: .customLong("validation-steps"),
    help: "The steps after which losses are recorded, with that of validation.")
  var validationSteps = 500

  @Option(help: "The seed of order, timesteps, noise and empty prompts.")
  var seed: UInt64 = 0

  mutating func validate() throws {
    guard steps == nil || epochs == nil else {
      throw ValidationError("Give --max-train-steps or --num-train-epochs, not both.")
    }
    let counts = [steps ?? 1, epochs ?? 1, batchSize, accumulation, validationSteps, lrNumCycles]
    guard counts.allSatisfy({ $0 > 0 }), lrWarmupSteps >= 0 else {
      throw ValidationError(
        "Steps, epochs, batches and restarts are at least 1; --lr-warmup-steps at least 0.")
    }
    guard learningRate > 0, learningRate.isFinite, lrPower > 0, lrPower.isFinite else {
      throw ValidationError("--learning-rate and --lr-power take a number above 0.")
    }
    if let snrGamma, !(snrGamma > 0 && snrGamma.isFinite) {
      throw ValidationError("--snr-gamma takes a number above 0; leave it out for equal weights.")
    }
    let amounts = [noiseOffset, inputPerturbation, adamWeightDecay, maxGradNorm]
    guard amounts.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw ValidationError(
        "--noise-offset, --input-perturbation, --adam-weight-decay and --max-grad-norm take a "
          + "number from 0.")
    }
    guard (0...1).contains(emptyPrompts), (0...1).contains(averageDecay) else {
      throw ValidationError("--proportion-empty-prompts and --ema-decay take 0 to 1.")
    }
    guard [adamBeta1, adamBeta2].allSatisfy({ (0..<1).contains($0) }), adamEpsilon > 0,
      adamEpsilon.isFinite
    else {
      throw ValidationError(
        "--adam-beta1 and --adam-beta2 take 0 to below 1, --adam-epsilon "
          + "a number above 0.")
    }
  }

  /// The configuration of a run that learns from so many images.
  func configuration(imageCount: Int) -> FineTuningConfiguration {
    var configuration = FineTuningConfiguration()
    (configuration.batchSize, configuration.accumulation) = (batchSize, accumulation)
    let imagesPerStep = configuration.imagesPerStep
    let stepsPerEpoch = (imageCount + imagesPerStep - 1) / imagesPerStep
    configuration.steps = steps ?? epochs.map { $0 * stepsPerEpoch } ?? configuration.steps
    configuration.learningRate = learningRate * (scaleLr ? Double(imagesPerStep) : 1)
    configuration.schedule = schedule
    // Diffusers' constant has no warm-up, whatever is said of one.
    configuration.warmupSteps =
      lrScheduler == .constant ? 0 : min(lrWarmupSteps, configuration.steps - 1)
    configuration.textEncoder = trainTextEncoder ? .learning : .frozen
    configuration.snrGamma = snrGamma
    configuration.noise = TrainingNoise(offset: noiseOffset, perturbation: inputPerturbation)
    configuration.promptDropout = emptyPrompts
    configuration.adam.beta1 = adamBeta1
    configuration.adam.beta2 = adamBeta2
    configuration.adam.weightDecay = adamWeightDecay
    configuration.adam.epsilon = adamEpsilon
    configuration.largestGradientNorm = maxGradNorm > 0 ? maxGradNorm : nil
    if usesAverage {
      var average = AverageDecay()
      average.maximum = averageDecay
      configuration.average = average
    }
    configuration.precision = mixedPrecision.precision
    configuration.activations = gradientCheckpointing ? .recomputed : .kept
    configuration.validationInterval = validationSteps
    configuration.seed = seed
    return configuration
  }

  private var schedule: LearningRateSchedule.Shape {
    switch lrScheduler {
    case .constant, .constantWithWarmup: .constant
    case .linear: .linear
    case .cosine: .cosine()
    case .cosineWithRestarts: .cosineWithRestarts(cycles: lrNumCycles)
    case .polynomial: .polynomial(power: lrPower)
    }
  }
}
