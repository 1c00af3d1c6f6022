// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import CXRClassifier
import CXRCore
import CXRImage
import CXRTensor
import Foundation
import CXRTraining

/// What a classifier is and how it learns.
struct NetworkOptions: ParsableArguments {
  @Option(help: "The network: \(Architecture.names.joined(separator: ", ")).")
  var network = "densenet121"

  @Option(help: "The channels of the pictures: 3, or 1.")
  var channels = 3

  @Option(help: "The units of a further layer, with ReLU, before the outputs (default: no layer).")
  var hiddenUnits: Int?

  @Option(help: "The share of hidden units that each step leaves out (default: 0.5).")
  var dropout: Double?

  @Option(
    help: ArgumentHelp(
      "The findings, separated by commas (default: the 14 of CheXpert).", valueName: "names"),
    transform: NetworkOptions.readFindings)
  var findings: [Finding] = []

  @Option(
    help: ArgumentHelp(
      "What is learned of patients, instead of findings or beside --findings: sex, race.",
      valueName: "names"),
    transform: NetworkOptions.readDemographics)
  var demographics: [Demographic] = []

  @Option(help: "The most epochs of a stage.")
  var epochs = 100

  @Option(
    help: "The epochs without a smaller validation loss after which a stage ends; 0 for never.")
  var patience = 20

  @Option(help: "The images that the network is given together.")
  var batchSize = 32

  @Option(
    name: .customLong("accumulate"), help: "The batches whose gradients together make a step.")
  var accumulation = 1

  @Option(help: "The highest learning rate of a first stage.")
  var learningRate = TrainingStage.firstLearningRate

  @Option(name: .customLong("fine-tuning-rate"), help: "The highest learning rate of later stages.")
  var fineTuningRate = TrainingStage.fineTuningLearningRate

  @Option(help: "The weight decay of AdamW.")
  var weightDecay = 0.05

  @Option(help: "The largest norm of all gradients of a step together (default: no limit).")
  var largestGradientNorm: Double?

  @Option(help: "The steps over which the learning rate rises.")
  var warmupSteps = 0

  @Option(
    name: .customLong("class-weights"),
    help: "What the losses of positive labels are multiplied by: none or balanced.")
  var weighting: ClassWeighting = .none

  @Flag(name: .customLong("average"), help: "Keep a running average of the weights (EMA).")
  var keepsAverage = false

  @Option(
    help: ArgumentHelp(
      "The random changes of pictures.",
      discussion: """
        none, standard (shift, scale, rotation to 10 degrees), or synthetic-xray (mirroring, rotation \
        to 10 degrees, brightness and contrast to plus or minus 20 %).
        """))
  var augmentation: AugmentationChoice = .none

  @Option(help: "The type that is computed in: float32, bfloat16 or float16.")
  var precision: Precision = .float32

  @Flag(
    name: .customLong("checkpointing"),
    help: "Compute layers and blocks twice, to need less memory (gradient checkpointing).")
  var recomputesActivations = false

  @Flag(
    name: .customLong("channels-last"), help: "Lay pictures and weights out with channels last.")
  var laysChannelsLast = false

  @Flag(
    name: .customLong("deterministic"),
    help: "Take only algorithms whose results do not differ from run to run.")
  var isDeterministic = false

  @Flag(
    name: .customLong("tf32"), help: "Round factors to TF32 on NVIDIA devices: faster, less exact.")
  var usesTF32 = false

  @Flag(
    name: .customLong("cudnn-benchmark"), help: "Let cuDNN try its algorithms on NVIDIA devices.")
  var triesAlgorithms = false

  @Option(help: "The seed of weights, order, random changes and dropout.")
  var seed: UInt64 = 0

  /// What can be learned of patients.
  enum Demographic: String, CaseIterable {
    case sex, race

    var labels: [LearnedLabel] {
      switch self {
      case .sex: LearnedLabel.sexes
      case .race: LearnedLabel.races
      }
    }
  }

  /// What is learned.
  var labels: [LearnedLabel] {
    let findings = findings.isEmpty && demographics.isEmpty ? Finding.allCases : findings
    return findings.map(LearnedLabel.finding) + demographics.flatMap(\.labels)
  }

  /// Random changes by name.
  enum AugmentationChoice: String, CaseIterable, ExpressibleByArgument {
    case none, standard
    case syntheticXRay = "synthetic-xray"

    /// The changes.
    var changes: Augmentation? {
      var changes = Augmentation()
      changes.rotationDegrees = 10
      switch self {
      case .none: return nil
      case .standard:
        changes.translation = 0.05
        changes.scale = 0.9...1.1
      case .syntheticXRay:
        changes.flipProbability = 0.5
        changes.brightness = 0.2
        changes.contrast = 0.2
      }
      return changes
    }
  }

  mutating func validate() throws {
    guard Architecture.names.contains(network) else {
      throw ValidationError(
        "There is no network '\(network)'; the networks are "
          + "\(Architecture.names.joined(separator: ", ")).")
    }
    guard channels == 1 || channels == 3 else {
      throw ValidationError("--channels takes 1 or 3.")
    }
    guard hiddenUnits.map({ $0 > 0 }) ?? (dropout == nil), (0..<1).contains(dropout ?? 0) else {
      throw ValidationError(
        "--hidden-units takes a number from 1, and --dropout beside it one from 0 to below 1.")
    }
    guard epochs > 0, batchSize > 0, accumulation > 0, patience >= 0, warmupSteps >= 0,
      weightDecay >= 0
    else {
      throw ValidationError(
        "Epochs, batch size and --accumulate are at least 1, the other numbers not negative.")
    }
    let rates = [learningRate, fineTuningRate]
    guard rates.allSatisfy({ $0 > 0 && $0.isFinite }), weightDecay.isFinite else {
      throw ValidationError("A learning rate is a number above 0.")
    }
    if let largestGradientNorm, !(largestGradientNorm > 0 && largestGradientNorm.isFinite) {
      throw ValidationError(
        "--largest-gradient-norm takes a number above 0; leave it out for none.")
    }
    guard !isDeterministic || !(usesTF32 || triesAlgorithms) else {
      throw ValidationError(
        "--deterministic excludes --tf32 and --cudnn-benchmark; leave one or the other out.")
    }
  }

  /// The configuration of a run.
  ///
  /// - Parameters:
  ///   - strategy: What is learned from.
  ///   - side: The width and height of the images.
  ///   - scale: What the numbers of a picture mean.
  /// - Returns: The configuration.
  /// - Throws: `ValidationError` for an unknown network.
  func configuration(
    _ strategy: TrainingStrategy, side: Int, scale: PixelInput.Scale
  ) throws -> TrainingConfiguration {
    guard
      let architecture = Architecture(
        named: network, inputChannels: channels, outputs: labels.count, head: head)
    else { throw ValidationError("There is no network '\(network)'.") }
    var strategy = strategy
    for stage in strategy.stages.indices {
      strategy.stages[stage].learningRate =
        strategy.stages[stage].start == .previousStage ? fineTuningRate : learningRate
    }
    var configuration = TrainingConfiguration(
      ClassifierDescription(
        architecture: architecture, labels: labels, side: side, scale: scale),
      strategy: strategy)
    configuration.epochs = epochs
    configuration.patience = patience > 0 ? patience : nil
    configuration.batchSize = batchSize
    configuration.method = .adamW(weightDecay: weightDecay)
    configuration.accumulation = accumulation
    configuration.largestGradientNorm = largestGradientNorm
    configuration.algorithms = algorithms
    configuration.memoryOrder = laysChannelsLast ? .channelsLast : .contiguous
    configuration.activations = recomputesActivations ? .recomputed : .kept
    configuration.warmupSteps = warmupSteps
    configuration.weighting = weighting
    configuration.average = keepsAverage ? AverageDecay() : nil
    configuration.precision = precision
    configuration.seed = seed
    configuration.augmentation = augmentation.changes
    return configuration
  }

  /// What turns features into outputs.
  private var head: ClassifierHead {
    hiddenUnits.map { .hidden(width: $0, dropout: dropout ?? 0.5) } ?? .linear
  }

  /// Which algorithms operators take.
  private var algorithms: Algorithms {
    var algorithms = Algorithms()
    algorithms.repeatability = isDeterministic ? .required : .optional
    algorithms.factors = usesTF32 ? .tf32 : .float32
    algorithms.convolutionChoice = triesAlgorithms ? .trial : .rule
    return algorithms
  }

  @Sendable private static func readFindings(_ text: String) throws -> [Finding] {
    let findings = try text.split(separator: ",").map { name in
      try Finding(reading: name.trimmingCharacters(in: .whitespaces))
    }
    guard !findings.isEmpty, Set(findings).count == findings.count else {
      throw ValidationError("--findings takes one name at least, and each once.")
    }
    return findings
  }

  @Sendable private static func readDemographics(_ text: String) throws -> [Demographic] {
    let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let found = names.compactMap(Demographic.init)
    guard !found.isEmpty, found.count == names.count, Set(found).count == found.count else {
      throw ValidationError("--demographics takes sex, race or sex,race.")
    }
    return found
  }
}

extension ClassWeighting: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
