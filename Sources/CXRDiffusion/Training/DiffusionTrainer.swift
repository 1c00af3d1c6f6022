// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
public import CXRTensor
public import CXRTraining

/// Fine-tunes a diffusion model into a folder from which it can go on after a kill.
///
///     var trainer = DiffusionTrainer(configuration, base, images, folder: "runs/chest") { prompt in
///       try tokenizer.tokens(of: prompt)
///     }
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
    /// The folder of the fine-tuned model.
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
  /// Where the run computes.
  public var device = Device.cpu
  /// The steps after which a checkpoint is written, at least 1; one is also written after the last
  /// step and when the run is interrupted.
  public var checkpointInterval = 500
  /// Where latent pictures are kept for other runs with the same images; `nil` for nowhere.
  public var latentsFolder: String?
  /// The ranks that train together, of which rank 0 alone writes.
  public var ranks = RankGroup.alone
  /// Whether the run is to be interrupted, asked of ranks that train together.
  ///
  /// The first one that says so lets all of them stop after the same step. The task of a rank must
  /// not be cancelled, since the others would wait for it.
  public var isToStop: @Sendable () -> Bool = { false }
  let tokens: Tokenization
  let folder: RunFolder<FineTuningConfiguration>

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
  }

  /// The folder of the fine-tuned model.
  public var modelFolder: String { "\(folder.path)/model" }

  /// Fine-tunes until all steps are made, and writes the model.
  ///
  /// When the task is cancelled, the step is finished and a checkpoint is written.
  ///
  /// - Parameters:
  ///   - start: Anew or from the last checkpoint.
  ///   - report: Called after each image that is encoded, step, record and checkpoint.
  /// - Returns: What the run came to.
  /// - Throws: `CancellationError` after a cancellation; `TensorError`, also if a loss is not a
  ///   number; `TrainingDataError` with code `.unfitSources` if the run has learned from other
  ///   images, `.unreadableImage`; `FileError` for the folder of the run and for files of the model;
  ///   ``SamplerError`` for its scheduler; what the tokenization throws.
  @TensorActor public func run(
    _ start: RunStart, report: @Sendable (FineTuningEvent) -> Void = { _ in }
  ) async throws -> Outcome {
    if start == .begin, ranks.isFirst { try folder.requireEmpty() }
    let model = try DiffusionModel(base, on: device)
    let content = try content(of: model)
    try requireSameOnAllRanks(content)
    if ranks.isFirst {
      switch start {
      case .begin: try folder.begin(content)
      case .resume: try folder.resume(content)
      }
    }
    let run = try FineTuningRun(self, model, start, report: report)
    return try await run.run(report: report)
  }

  /// Writes the model of the last checkpoint as a folder that diffusers reads.
  ///
  /// - Parameter path: The path of the folder; it is made.
  /// - Throws: `FileError` if there is no checkpoint, with code `.malformed` if the run was begun
  ///   with another model, or for files that are damaged; `TensorError`.
  @TensorActor public func exportCheckpoint(to path: String) async throws {
    guard folder.checkpoint.exists else {
      throw FileError(
        .missing, "\(folder.path) holds no checkpoint to export; go on with the run first.")
    }
    let progress: FineTuningProgress = try folder.checkpoint.progress()
    let model = try DiffusionModel(base, on: device)
    guard try folder.content().weights == digest(of: model) else {
      throw FileError(
        .malformed, "\(folder.path) was begun with another model than \(base.path); name that one.")
    }
    let learner = try DiffusionLearner(model, objective(), configuration, on: device)
    try folder.checkpoint.restore(learner.optimization, afterSteps: progress.step)
    try await learner.optimization.withWeightsToKeep { try learner.model.write(to: path) }
  }

  /// What is learned, as the model's scheduler says.
  func objective() throws -> DiffusionObjective {
    let scheduler = try SamplerConfiguration(file: base.schedulerPath)
    return DiffusionObjective(
      scheduler.schedule, predicting: scheduler.prediction, snrGamma: configuration.snrGamma)
  }

  /// What `run.json` holds.
  private func content(
    of model: DiffusionModel
  ) throws -> RunFolder<FineTuningConfiguration>.Content {
    RunFolder.Content(
      configuration: configuration,
      images: ["training": images.digest, "validation": validation?.digest].compactMapValues(
        \.self),
      weights: try digest(of: model),
      rankCount: ranks.isShared ? ranks.count : nil, threadCounts: [Torch.threadCount])
  }

  /// What tells a model to begin with from others.
  private func digest(of model: DiffusionModel) throws -> String {
    let networks = [model.unet.state, model.autoencoder.state, model.textEncoder.state]
    let digests =
      try networks.map { try $0.digest() } + [FileDigest.sha256(of: model.companions.scheduler)]
    return FileDigest.sha256(of: digests.joined(separator: "\n"))
  }

  /// Checks that the ranks learn the same from the same images.
  private func requireSameOnAllRanks(
    _ content: RunFolder<FineTuningConfiguration>.Content
  ) throws {
    guard ranks.isShared else { return }
    let own = try Array(JSONDocument.encode(content))
    guard try ranks.ofFirst(own) == own else {
      throw TrainingDataError(
        .unfitSources,
        "rank \(ranks.rank) has other settings, images or weights than rank 0; start all ranks with "
          + "one command, and let them see the same files.")
    }
  }
}
