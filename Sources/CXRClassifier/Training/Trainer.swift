// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTensor
public import CXRTraining

/// Trains a classifier, stage by stage, into a folder from which it can go on after a kill.
///
///     let trainer = Trainer(configuration, images, folder: "runs/mixed")
///     let outcome = try await trainer.run(.begin) { event in print(event) }
///     outcome.history.last?.validation.meanAUROC
///
/// A run is a function of configuration, images, device and number of threads: one that was
/// interrupted and resumed gives the same bits on the processor as one that was not.
public struct Trainer: Sendable {
  /// What a finished run came to.
  public struct Outcome: Sendable {
    /// What each epoch came to.
    public let history: [EpochRecord]
    /// The folder of the classifier to use.
    public let bestFolder: String
    /// How much of the device's memory was used; `nil` for the processor.
    public let deviceMemory: DeviceMemory?
  }

  /// What is learned and how.
  public let configuration: TrainingConfiguration
  /// What is learned from.
  public let images: TrainingImages
  /// Where the run computes.
  public var device = Device.cpu
  /// How many batches are prepared at the same time.
  public var workers = 1
  /// The weights that a stage of start `.given` begins with: a classifier's folder, or a file; see
  /// ``InitialWeights``.
  public var givenWeights: String?
  /// The steps after which a checkpoint is written within an epoch; one is written after each epoch
  /// and when the run is interrupted.
  public var checkpointInterval = 500
  /// The ranks that train together, of which rank 0 alone writes.
  ///
  /// Each is given the same settings and images, and a folder that all of them see.
  public var ranks = RankGroup.alone
  /// Whether the run is to be interrupted, asked before each step.
  ///
  /// The first of several ranks that says so lets all of them stop after the same step. The task of
  /// one must not be cancelled, since the others would wait for it.
  public var isToStop: @Sendable () -> Bool = { false }
  let folder: RunFolder<TrainingConfiguration>

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - configuration: What is learned and how.
  ///   - images: What is learned from.
  ///   - folder: The folder of the run.
  /// - Precondition: There is an epoch and a batch, and the images are of the classifier's size and labels.
  public init(_ configuration: TrainingConfiguration, _ images: TrainingImages, folder: String) {
    precondition(
      configuration.epochs > 0 && configuration.batchSize > 0 && configuration.accumulation > 0
        && configuration.patience ?? 1 > 0)
    precondition(
      [images.real, images.synthetic, images.validation].compactMap(\.self).allSatisfy {
        $0.labels == configuration.classifier.labels
          && $0.pixels.side == configuration.classifier.side
      }, "images of the classifier's size and labels")
    self.configuration = configuration
    self.images = images
    self.folder = RunFolder(path: folder)
  }

  /// Checks that a run can start, without changing anything.
  ///
  /// Set the number of threads before.
  ///
  /// - Parameters:
  ///   - start: Anew or from the last checkpoint.
  ///   - actor: Where the run will compute.
  /// - Returns: What is worth telling before it starts: that another number of threads than before is
  ///   in use, which gives other bits than a run without an interruption.
  /// - Throws: `FileError` for a folder that is not empty, or without the run to go on with;
  ///   `TrainingDataError` with code `.unfitSources` if that run has learned from other images.
  @discardableResult public func check(
    _ start: RunStart, on actor: isolated any Actor = TensorActor.shared
  ) throws -> [String] {
    switch start {
    case .begin:
      if ranks.isFirst { try folder.requireEmpty() }
      return []
    case .resume:
      let content = try self.content
      let former = try folder.requireSame(content)
      guard let before = former.threadCounts.last, let now = content.threadCounts.last,
        before != now
      else {
        return []
      }
      return [
        "\(folder.path) was computed with \(NumberText.count(before, "thread")) and goes on with "
          + "\(now), so the last bits may differ from those of a run that was not interrupted; give "
          + "--threads \(before) for the same ones."
      ]
    }
  }

  /// What `run.json` holds.
  private var content: RunFolder<TrainingConfiguration>.Content {
    get throws {
      RunFolder<TrainingConfiguration>.Content(
        configuration: configuration,
        images: [
          "real": images.real?.digest, "synthetic": images.synthetic?.digest,
          "validation": images.validation.digest,
        ].compactMapValues(\.self),
        weights: try givenWeights.map { try InitialWeights(path: $0).sha256 },
        rankCount: ranks.isShared ? ranks.count : nil, threadCounts: [Torch.threadCount])
    }
  }

  /// Trains until all stages are done.
  ///
  /// When the task is cancelled, the step is finished and a checkpoint is written.
  ///
  /// - Parameters:
  ///   - start: Anew or from the last checkpoint.
  ///   - actor: Where the run computes: an actor that stays on one thread.
  ///   - report: Called after each step and epoch.
  /// - Returns: What the run came to.
  /// - Throws: `CancellationError` after a cancellation; `TensorError`, also if a loss is not a
  ///   number; `TrainingDataError`; `FileError`.
  public func run(
    _ start: RunStart, on actor: isolated any Actor = TensorActor.shared,
    report: @Sendable (TrainingEvent) -> Void = { _ in }
  ) async throws -> Outcome {
    try content.requireSame(onAll: ranks)
    try check(start, on: actor)
    try configuration.algorithms.use()
    try device.resetPeakMemory()
    let stages = configuration.strategy.stages
    var progress = TrainingProgress()
    switch start {
    case .begin:
      // Weights that do not fit are refused before there is a folder.
      _ = try tryWeights(on: actor)
      if ranks.isFirst { try folder.begin(content) }
    case .resume:
      progress = try ranks.firstThenOthers {
        folder.checkpoint.exists ? try folder.checkpoint.progress() : progress
      }
      if ranks.isFirst {
        try folder.resume(content, isFinished: progress.stage == stages.count)
      }
    }
    while progress.stage < stages.count {
      let stage = try StageRun(self, stages[progress.stage], resuming: progress)
      try await stage.run(&progress, report: report)
    }
    // A kill between the last checkpoint and its table would leave that short.
    if ranks.isFirst {
      try progress.writeMetrics(
        to: folder.metricsPath, labels: configuration.classifier.labels.map(\.name))
    }
    return Outcome(
      history: progress.history, bestFolder: folder.bestPath, deviceMemory: try device.memory())
  }
}
