// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import CXRTensor
internal import CXRTraining

/// One stage of a run: epochs of steps, each followed by validation.
struct StageRun {
  private let trainer: Trainer
  private let stage: TrainingStage
  private let examples: ExampleSet
  private let learner: Learner
  private let loader: BatchLoader
  private let validationLoader: BatchLoader
  private let schedule: LearningRateSchedule

  /// Prepares a stage: its images, and the weights that it begins or goes on with.
  init(
    _ trainer: Trainer, _ stage: TrainingStage, resuming progress: TrainingProgress
  ) throws {
    let configuration = trainer.configuration
    self.trainer = trainer
    self.stage = stage
    examples = try ExampleSet(
      real: trainer.images.real, synthetic: trainer.images.synthetic, mix: stage.mix,
      seed: configuration.seed)
    var input = configuration.classifier.input
    validationLoader = BatchLoader(
      ExampleSet(trainer.images.validation), input: input, workers: trainer.workers)
    input.augmentation = configuration.augmentation
    // What is prepared ahead is counted in images, not in steps: it takes memory.
    loader = BatchLoader(
      examples, input: input, workers: trainer.workers,
      lookAhead: max(1, 2 * trainer.workers / configuration.accumulation))

    let classifier = try Self.firstClassifier(trainer, stage, progress)
    learner = try Learner(
      classifier, configuration,
      positiveWeights: configuration.weighting.positiveWeights(of: examples),
      on: trainer.device, ranks: trainer.ranks)
    if progress.stageStep > 0 {
      try trainer.folder.checkpoint.restore(
        learner.optimization, afterSteps: progress.stageStep)
    }
    let steps = examples.plan(epoch: 0, batchSize: configuration.imagesPerStep).batchCount
    schedule = LearningRateSchedule(
      configuration.schedule, peak: stage.learningRate, warmup: configuration.warmupSteps,
      total: max(configuration.epochs * steps, configuration.warmupSteps + 1))
  }

  /// The classifier that a stage begins with.
  private static func firstClassifier(
    _ trainer: Trainer, _ stage: TrainingStage, _ progress: TrainingProgress
  ) throws -> Classifier {
    let description = trainer.configuration.classifier
    let classifier = try Classifier(
      description,
      seed: RandomStream(
        seed: trainer.configuration.seed, purpose: "train.weights", index: progress.stage
      ).word(at: 0),
      on: trainer.device, order: trainer.configuration.memoryOrder, ranks: trainer.ranks)
    // A checkpoint's weights take the place of any.
    guard progress.stageStep == 0 else { return classifier }
    let weights: String? =
      switch stage.start {
      case .random: nil
      case .given: trainer.givenWeights
      case .previousStage: trainer.folder.stagePath(progress.stage - 1)
      }
    if let weights { try InitialWeights(path: weights).load(into: classifier) }
    return classifier
  }

  /// Learns until the epochs are over or validation no longer improves.
  ///
  /// When the task is cancelled, or a rank is to stop, a checkpoint is written.
  func run(
    _ progress: inout TrainingProgress, report: @Sendable (TrainingEvent) -> Void
  ) async throws {
    let configuration = trainer.configuration
    do {
      while progress.epoch - progress.firstEpoch < configuration.epochs,
        progress.epochsWithoutProgress < configuration.patience ?? .max
      {
        try await learnEpoch(&progress, report: report)
        try await endEpoch(&progress, report: report)
      }
    } catch is CancellationError {
      try writeCheckpoint(progress, report: report)
      throw CancellationError()
    }
    if progress.stage + 1 < configuration.strategy.stages.count, trainer.ranks.isFirst {
      // Kept under the stage's own name, because the next stage has a best of its own.
      try Classifier(folder: trainer.folder.bestPath, on: .cpu)
        .write(to: trainer.folder.stagePath(progress.stage))
    }
    progress.endStage()
    if trainer.ranks.isFirst { try trainer.folder.checkpoint.write(progress, nil) }
    // The next stage of every rank begins with what rank 0 has written.
    try trainer.ranks.wait()
  }

  /// Writes a checkpoint, on rank 0.
  private func writeCheckpoint(
    _ progress: TrainingProgress, report: @Sendable (TrainingEvent) -> Void
  ) throws {
    if trainer.ranks.isFirst {
      try trainer.folder.checkpoint.write(progress, learner.optimization)
    }
    report(.checkpoint(step: progress.step))
  }

  /// Makes the steps of an epoch that are left.
  private func learnEpoch(
    _ progress: inout TrainingProgress, report: @Sendable (TrainingEvent) -> Void
  ) async throws {
    let plan = examples.plan(
      epoch: progress.epoch, batchSize: trainer.configuration.imagesPerStep,
      partSize: trainer.configuration.batchSize, rank: trainer.ranks.rank,
      rankCount: trainer.ranks.count)
    let clock = ContinuousClock()
    var last = clock.now
    try await loader.forEachBatch(of: plan, from: progress.batch) { batch in
      try trainer.ranks.checkStop(trainer.isToStop())
      let loss = try learner.learn(
        from: batch, inParts: plan.parts(ofBatch: batch.number),
        learningRate: schedule.rate(at: progress.stageStep), step: progress.step)
      progress.add(loss, seconds: (clock.now - last) / .seconds(1))
      last = clock.now
      report(.step(record(of: progress, plan)))
      if progress.stageStep % trainer.checkpointInterval == 0, progress.batch < plan.batchCount {
        try writeCheckpoint(progress, report: report)
      }
    }
  }

  private func record(of progress: TrainingProgress, _ plan: EpochPlan) -> StepRecord {
    let images = min(progress.batch * plan.batchSize, plan.count)
    return StepRecord(
      stage: progress.stage, stageCount: trainer.configuration.strategy.stages.count,
      epoch: progress.epoch - progress.firstEpoch, epochLimit: trainer.configuration.epochs,
      step: progress.batch, stepsPerEpoch: plan.batchCount, meanLoss: progress.meanLoss,
      secondsPerStep: progress.batch > 0 ? progress.seconds / Double(progress.batch) : 0,
      imagesPerSecond: progress.seconds > 0 ? Double(images) / progress.seconds : 0)
  }

  /// Validates, keeps the weights if they are the best of the stage, and writes a checkpoint.
  private func endEpoch(
    _ progress: inout TrainingProgress, report: @Sendable (TrainingEvent) -> Void
  ) async throws {
    try learner.optimization.requireSameWeightsOnAllRanks()
    let validation = try await validate(report: report)
    let best = progress.history.last { $0.stage == progress.stage && $0.isBest }
    let isBest = validation.isBetter(than: best?.validation)
    if isBest {
      if trainer.ranks.isFirst {
        try await learner.optimization.withWeightsToKeep {
          try learner.classifier.write(to: trainer.folder.bestPath)
        }
      }
    }
    if validation.loss < progress.smallestLoss ?? .infinity {
      progress.smallestLoss = validation.loss
      progress.epochsWithoutProgress = 0
    } else {
      progress.epochsWithoutProgress += 1
    }
    let record = EpochRecord(
      stage: progress.stage, epoch: progress.epoch, step: progress.step,
      learningRate: schedule.rate(at: max(0, progress.stageStep - 1)),
      trainingLoss: progress.meanLoss, validation: validation, isBest: isBest,
      seconds: progress.seconds,
      imageCount: examples.countPerEpoch)
    progress.history.append(record)
    progress.endEpoch()
    if trainer.ranks.isFirst {
      try trainer.folder.checkpoint.write(progress, learner.optimization)
      try progress.writeMetrics(
        to: trainer.folder.metricsPath, labels: examples.labels.map(\.name))
    }
    report(.epoch(record))
  }

  /// Looks at all images for validation, of which each rank takes its part.
  private func validate(
    report: @Sendable (TrainingEvent) -> Void
  ) async throws -> ValidationResult {
    let plan = validationLoader.examples.plan(
      epoch: 0, batchSize: trainer.configuration.batchSize, order: .numbered,
      rank: trainer.ranks.rank, rankCount: trainer.ranks.count)
    var validation = Validation(labelCount: examples.labels.count)
    try await learner.optimization.withWeightsToKeep {
      try await validationLoader.forEachBatch(of: plan) { batch in
        try trainer.ranks.checkStop(trainer.isToStop())
        // The last batch may be smaller than the number of ranks.
        guard batch.count > 0 else { return }
        try withInference {
          let logits = try learner.logits(of: batch, .evaluation)
          try validation.add(batch, logits: logits, loss: learner.loss(of: logits, batch))
        }
        report(.validating(done: batch.number + 1, of: plan.batchCount))
      }
    }
    return try validation.result(over: trainer.ranks)
  }
}
