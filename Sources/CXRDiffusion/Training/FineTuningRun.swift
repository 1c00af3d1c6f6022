// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRTensor
internal import CXRTraining

/// The steps of a run of fine-tuning, each so often followed by validation and a checkpoint.
struct FineTuningRun {
  private let trainer: DiffusionTrainer
  private let configuration: FineTuningConfiguration
  private let learner: DiffusionLearner
  private let batches: TrainingBatches
  private let validation: NoisedBatches?
  private let firstProgress: FineTuningProgress

  /// Encodes images, and restores what a checkpoint holds.
  init(
    _ trainer: DiffusionTrainer, _ model: DiffusionModel, _ prompts: TokenizedPrompts,
    _ start: RunStart, report: (FineTuningEvent) -> Void
  ) throws {
    self.trainer = trainer
    configuration = trainer.configuration
    // Prompts and sizes that cannot be sampled are refused now, not after hundreds of steps.
    _ = try trainer.pictures?.maker(model, trainer.base, on: trainer.device)
    learner = try DiffusionLearner(
      model, DiffusionTrainer.objective(of: trainer.base, configuration), configuration,
      on: trainer.device, ranks: trainer.ranks)
    let encoded =
      configuration.textEncoder == .frozen
      ? EncodedPrompts(model.textEncoder.module, on: trainer.device) : nil
    func batches(
      _ images: PromptedImages, _ tokens: [[Int]], for purpose: NoisedBatches.Purpose = .learning
    ) throws -> NoisedBatches {
      NoisedBatches(
        seed: trainer.configuration.seed, for: purpose,
        try LatentPictures(
          images, model.autoencoder, on: trainer.device, keptIn: trainer.latentsFolder,
          ranks: trainer.ranks, isToStop: trainer.isToStop
        ) { report(.encoded($0, of: $1)) },
        scalingFactor: model.autoencoder.configuration.scalingFactor, tokens: tokens,
        emptyPrompt: prompts.empty, encoded: encoded, on: trainer.device)
    }
    self.batches = TrainingBatches(
      of: try batches(trainer.images, prompts.training),
      prior: try trainer.prior.map { try batches($0, prompts.prior, for: .prior) },
      trainer.configuration, timestepCount: learner.objective.schedule.count)
    validation = try trainer.validation.map { try batches($0, prompts.validation) }
    let checkpoint = trainer.folder.checkpoint
    guard start == .resume, checkpoint.exists else {
      firstProgress = FineTuningProgress()
      return
    }
    let progress: FineTuningProgress = try trainer.ranks.firstThenOthers {
      try checkpoint.progress()
    }
    try checkpoint.restore(learner.optimization, afterSteps: progress.step)
    firstProgress = progress
  }

  /// Makes the steps that are left, and writes the model.
  func run(
    report: @Sendable (FineTuningEvent) -> Void
  ) async throws -> DiffusionTrainer.Outcome {
    var progress = firstProgress
    var plan: EpochPlan?
    do {
      while progress.step < configuration.steps {
        try trainer.ranks.checkStop(trainer.isToStop())
        try learn(&progress, &plan, report)
        try await endStep(&progress, report)
        // Lets a cancellation of the task through.
        await Task.yield()
      }
    } catch is CancellationError {
      try writeCheckpoint(progress, report)
      throw CancellationError()
    }
    if trainer.ranks.isFirst {
      try progress.writeMetrics(to: trainer.folder.metricsPath)
      try await learner.optimization.withWeightsToKeep {
        try learner.write(to: trainer.modelFolder)
      }
    }
    try trainer.ranks.wait()
    return DiffusionTrainer.Outcome(history: progress.history, modelFolder: trainer.modelFolder)
  }

  /// Makes a step.
  private func learn(
    _ progress: inout FineTuningProgress, _ plan: inout EpochPlan?,
    _ report: (FineTuningEvent) -> Void
  ) throws {
    let step = progress.step
    let stepsPerEpoch =
      (batches.count + configuration.imagesPerStep - 1) / configuration.imagesPerStep
    if plan?.epoch != step / stepsPerEpoch {
      plan = EpochPlan(
        seed: configuration.seed, epoch: step / stepsPerEpoch, count: batches.count,
        batchSize: configuration.imagesPerStep, partSize: configuration.batchSize,
        rank: trainer.ranks.rank, rankCount: trainer.ranks.count)
    }
    guard let plan else { return }
    let number = step % stepsPerEpoch
    let own = plan.positions(ofBatch: number)
    let parts = plan.parts(ofBatch: number)
    let made = try learner.learn(inParts: parts.count, imageCount: own.count, step: step) {
      part throws(TensorError) in
      let positions = own[parts[part]]
      guard !positions.isEmpty else { return nil }
      return try batches.batch(Array(positions), step: step)
    }
    progress.add(lossSum: made.lossSum, weight: made.weight)
    report(
      .step(
        progress.step, loss: made.lossSum / made.weight, gradientNorm: try made.gradientNorm?.item()
      ))
  }

  /// Validates and writes a checkpoint, if it is time to.
  private func endStep(
    _ progress: inout FineTuningProgress, _ report: (FineTuningEvent) -> Void
  ) async throws {
    let isLast = progress.step == configuration.steps
    let isRecord = isLast || progress.step % configuration.validationInterval == 0
    if isRecord {
      try learner.optimization.requireSameWeightsOnAllRanks()
      let record = progress.record(
        learningRate: configuration.learningRates.rate(at: progress.step - 1),
        validationLoss: try await validationLoss())
      if trainer.ranks.isFirst { try progress.writeMetrics(to: trainer.folder.metricsPath) }
      report(.record(record))
    }
    if isLast || progress.step % trainer.checkpointInterval == 0 {
      try writeCheckpoint(progress, report)
    }
    if trainer.ranks.isFirst { try await writeResults(at: progress.step, isLast: isLast, report) }
  }

  /// Makes images and writes the model, if it is time to.
  private func writeResults(
    at step: Int, isLast: Bool, _ report: (FineTuningEvent) -> Void
  ) async throws {
    let digits = String(step)
    let name = "step-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    if let pictures = trainer.pictures, isLast || step % pictures.interval == 0 {
      let path = "\(trainer.folder.path)/samples/\(name).png"
      let missing = try await learner.optimization.withWeightsToKeep {
        try pictures.write(
          by: pictures.maker(learner.model, trainer.base, on: trainer.device), to: path)
      }
      report(.pictures(step: step, path: path, missing: missing))
    }
    if let interval = trainer.modelInterval, step % interval == 0 {
      let path = "\(trainer.folder.path)/models/\(name)"
      try await learner.optimization.withWeightsToKeep { try learner.write(to: path) }
      report(.model(step: step, path: path))
    }
  }

  /// The mean squared error on the images for validation, of which each rank takes its part.
  private func validationLoss() async throws -> Double? {
    guard let validation, let count = trainer.validation?.count else { return nil }
    let plan = EpochPlan(
      seed: 0, epoch: 0, count: count, batchSize: configuration.batchSize, order: .numbered,
      rank: trainer.ranks.rank, rankCount: trainer.ranks.count)
    let sum = try await learner.optimization.withWeightsToKeep {
      var sum = 0.0
      for batch in 0..<plan.batchCount {
        let positions = plan.positions(ofBatch: batch)
        guard !positions.isEmpty else { continue }
        sum += try learner.plainLoss(
          of: validation.validationBatch(
            positions, timestepCount: learner.objective.schedule.count)
        ).sum.item()
      }
      return sum
    }
    return try trainer.ranks.sum([sum])[0] / Double(count)
  }

  private func writeCheckpoint(
    _ progress: FineTuningProgress, _ report: (FineTuningEvent) -> Void
  ) throws {
    if trainer.ranks.isFirst {
      try trainer.folder.checkpoint.write(progress, learner.optimization)
    }
    report(.checkpoint(step: progress.step))
  }
}
