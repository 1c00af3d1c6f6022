// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRFiles
public import CXRTensor
internal import CXRText
public import CXRTraining

/// Fine-tunes a diffusion model into a folder from which it can go on after a kill.
///
///     var trainer = try DiffusionTrainer(configuration, base, images, folder: "runs/chest")
///     let outcome = try await trainer.run(.begin) { event in print(event) }
///     outcome.modelFolder  // for StableDiffusionPipeline.from_pretrained, too
///
/// A run is a function of configuration, model, images, device and number of threads: one that was
/// interrupted and resumed gives the same bits on the processor as one that was not.
public struct DiffusionTrainer: Sendable {
  /// Gives the tokens of a prompt, filled up to as many for each.
  public typealias Tokenization = @Sendable (String) throws -> [Int]

  /// What a finished run came to.
  public struct Outcome: Sendable {
    /// The records of the run.
    public let history: [FineTuningRecord]
    /// The folder of the fine-tuned model, or of its adapter.
    public let modelFolder: String
  }

  /// How the model is fine-tuned.
  public let configuration: FineTuningConfiguration
  /// The model to begin with.
  public let base: DiffusionFolder
  /// The images to learn from.
  public let images: PromptedImages
  /// The images to validate on, if any.
  public var validation: PromptedImages?
  /// Images of the class of ``images``, such as the model itself makes, if it is to keep what it
  /// knows of the class (DreamBooth's prior preservation).
  ///
  /// Each image to be learned is seen beside one of these, the loss of which counts
  /// ``FineTuningConfiguration/priorLossWeight``. An epoch is as long as the longer list.
  public var prior: PromptedImages?
  /// Where the run computes.
  public var device = Device.cpu
  /// The steps after which a checkpoint is written, at least 1; one is also written after the last
  /// step and when the run is interrupted.
  public var checkpointInterval = 500
  /// The steps after which the model is written to `models/step-000500`, at least 1, the last step
  /// among them; `nil` for `model` alone, which is always written at the end.
  public var modelInterval: Int?
  /// Images that are made while the model learns, in `samples`, if any.
  public var pictures: ProgressPictures?
  /// Where latent pictures are kept; give one folder to runs with the same images.
  public var latentsFolder: String
  /// The ranks that train together, of which rank 0 alone writes.
  public var ranks = RankGroup.alone
  /// Whether the run is to be interrupted, asked before each step.
  ///
  /// The first of several ranks that says so lets all of them stop after the same step. The task of
  /// one must not be cancelled, since the others would wait for it.
  public var isToStop: @Sendable () -> Bool = { false }
  let tokens: Tokenization
  let folder: RunFolder<FineTuningSettings>

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - configuration: How the model is fine-tuned.
  ///   - base: The model to begin with.
  ///   - images: The images to learn from.
  ///   - folder: The folder of the run.
  ///   - tokens: Gives the tokens of a prompt.
  /// - Precondition: The numbers of the configuration are in their ranges.
  public init(
    _ configuration: FineTuningConfiguration, _ base: DiffusionFolder, _ images: PromptedImages,
    folder: String, tokens: @escaping Tokenization
  ) {
    precondition(configuration.isValid, "a number of the configuration is out of its range")
    self.configuration = configuration
    self.base = base
    self.images = images
    self.folder = RunFolder(path: folder)
    self.tokens = tokens
    latentsFolder = "\(folder)/\(Self.latentsName)"
  }

  /// Prepares a run with the tokenizer of the model.
  ///
  /// - Parameters:
  ///   - configuration: How the model is fine-tuned.
  ///   - base: The model to begin with.
  ///   - images: The images to learn from.
  ///   - folder: The folder of the run.
  /// - Throws: `TextError` for a tokenizer that is missing or damaged.
  /// - Precondition: The numbers of the configuration are in their ranges.
  public init(
    _ configuration: FineTuningConfiguration, _ base: DiffusionFolder, _ images: PromptedImages,
    folder: String
  ) throws {
    let tokenizer = try CLIPTokenizer(folder: base.tokenizerPath)
    self.init(configuration, base, images, folder: folder) { tokenizer.encodePadded($0) }
  }

  /// Where latent pictures are kept that only this run uses.
  private static let latentsName = "latents"

  /// The folder of the fine-tuned model; or of its adapter, in a file that `load_lora_weights` of
  /// diffusers reads.
  public var modelFolder: String {
    "\(folder.path)/\(configuration.adapter == nil ? "model" : "adapter")"
  }

  /// Fine-tunes until all steps are made, and writes the model, or its adapter.
  ///
  /// When the task is cancelled, the step is finished and a checkpoint is written.
  ///
  /// - Parameters:
  ///   - start: Anew or from the last checkpoint.
  ///   - actor: Where the run computes: an actor that stays on one thread.
  ///   - report: Called after each image that is encoded, step, record and checkpoint.
  /// - Returns: What the run came to.
  /// - Throws: `CancellationError` after a cancellation; `TensorError`, also if a loss is not a
  ///   number; `TrainingDataError` with code `.unfitSources` if the run has learned from other
  ///   images, `.unreadableImage`; `FileError` for the folder of the run and for files of the model;
  ///   ``SamplerError`` for its scheduler; what the tokenization throws.
  public func run(
    _ start: RunStart, on actor: isolated any Actor = TensorActor.shared,
    report: @Sendable (FineTuningEvent) -> Void = { _ in }
  ) async throws -> Outcome {
    if start == .begin, ranks.isFirst { try requireFree() }
    let model = try DiffusionModel(base, on: device)
    let prompts = try TokenizedPrompts(
      of: images, validation: validation, prior: prior, by: tokens)
    let content = try content(of: model, prompts)
    try content.requireSame(onAll: ranks)
    if start == .resume, ranks.isFirst { _ = try folder.requireSame(content) }
    // Whatever may be refused is read before the folder says that there is a run.
    let run = try FineTuningRun(self, model, prompts, start, report: report)
    if ranks.isFirst {
      switch start {
      case .begin: try folder.begin(content)
      case .resume:
        let progress: FineTuningProgress? =
          folder.checkpoint.exists ? try folder.checkpoint.progress() : nil
        try folder.resume(content, isFinished: progress?.step == configuration.steps)
      }
    }
    return try await run.run(report: report)
  }

  /// Checks that a new run would not go over anything.
  ///
  /// - Throws: `FileError` with code `.unwritable` if the folder of the run holds files.
  public func requireFree() throws(FileError) {
    // What a run has encoded that was interrupted before it began is no run.
    try folder.requireEmpty(besides: Self.latentsName)
  }

  /// What checkpoints have recorded so far, in order; empty without a checkpoint.
  ///
  /// - Throws: `FileError` if the checkpoint is damaged.
  public func history() throws -> [FineTuningRecord] {
    guard folder.checkpoint.exists else { return [] }
    let progress: FineTuningProgress = try folder.checkpoint.progress()
    return progress.history
  }

  /// Writes the model of the last checkpoint of a run as a folder that diffusers reads, an adapter
  /// merged into the weights.
  ///
  /// - Parameters:
  ///   - run: The folder of the run, finished or not.
  ///   - base: The model that the run was begun with.
  ///   - device: Where the model is put together.
  ///   - path: The path of the folder; it is made.
  /// - Returns: The steps after which the checkpoint was written.
  /// - Throws: `FileError` if there is no run or no checkpoint, with code `.malformed` if the run was
  ///   begun with another model, or for files that are damaged; `TensorError`.
  @TensorActor @discardableResult public static func exportCheckpoint(
    of run: String, _ base: DiffusionFolder, on device: Device = .cpu, to path: String
  ) async throws -> Int {
    let folder = RunFolder<FineTuningSettings>(path: run)
    guard folder.isBegun else {
      throw FileError(.missing, "\(run) holds no run of fine-tuning; name the folder of one.")
    }
    let content = try folder.content()
    guard folder.checkpoint.exists else {
      throw FileError(
        .missing, "\(run) holds no checkpoint to export; go on with the run first.")
    }
    let progress: FineTuningProgress = try folder.checkpoint.progress()
    let model = try DiffusionModel(base, on: device)
    guard content.weights == (try digest(of: model)) else {
      throw FileError(
        .malformed, "\(run) was begun with another model than \(base.path); name that one.")
    }
    // What is exported is what the run has learned, whatever settings others would choose now.
    let configuration = content.configuration.learning
    let learner = try DiffusionLearner(
      model, objective(of: base, configuration), configuration, on: device)
    try folder.checkpoint.restore(learner.optimization, afterSteps: progress.step)
    try await learner.optimization.withWeightsToKeep { try learner.writeWholeModel(to: path) }
    return progress.step
  }

  /// What is learned, as the model's scheduler says.
  static func objective(
    of base: DiffusionFolder, _ configuration: FineTuningConfiguration
  ) throws -> DiffusionObjective {
    let scheduler = try SamplerConfiguration(file: base.schedulerPath)
    return DiffusionObjective(
      scheduler.schedule, predicting: scheduler.prediction, snrGamma: configuration.snrGamma)
  }

  /// What `run.json` holds.
  private func content(
    of model: DiffusionModel, _ prompts: TokenizedPrompts
  ) throws -> RunFolder<FineTuningSettings>.Content {
    RunFolder.Content(
      configuration: FineTuningSettings(
        learning: configuration, device: device == .cpu ? "cpu" : "cuda",
        tokens: prompts.digest),
      images: [
        "training": images.digest, "validation": validation?.digest, "class": prior?.digest,
      ].compactMapValues(\.self),
      weights: try Self.digest(of: model),
      rankCount: ranks.isShared ? ranks.count : nil, threadCounts: [Torch.threadCount])
  }

  /// What tells a model to begin with from others.
  private static func digest(of model: DiffusionModel) throws -> String {
    let networks = [model.unet.state, model.autoencoder.state, model.textEncoder.state]
    let files = model.companions.tokenizer.sorted { $0.key < $1.key }
    let digests =
      try networks.map { try $0.digest() }
      + [FileDigest.sha256(of: model.companions.scheduler)]
      + files.map { "\($0.key) \(FileDigest.sha256(of: $0.value))" }
    return FileDigest.sha256(of: digests.joined(separator: "\n"))
  }
}
