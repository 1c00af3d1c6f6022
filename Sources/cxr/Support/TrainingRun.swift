// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRTensor
import CXRTraining

/// One run of `cxr train`, in the terminal and in the catalog; of several ranks the first one writes.
struct TrainingRun {
  /// The name in the catalog.
  let name: String
  /// What trains.
  let trainer: Trainer
  /// What enters epochs into the catalog.
  let recorder: RunRecorder
  /// Whether the run begins.
  let start: RunStart

  private var ranks: RankGroup { trainer.ranks }
  private var folder: String { trainer.folderPath }

  /// Checks that the run can start, and notes what is worth knowing before it does.
  ///
  /// - Throws: As `Trainer` and ``RunRecorder`` do.
  func check() async throws {
    var notes = try await trainer.check(start)
    if start == .begin, let report = try await trainer.tryWeights() {
      notes.append("weights: \(report)")
    }
    guard ranks.isFirst else { return }
    for note in notes { Console.note(note) }
    try recorder.check()
  }

  /// Says that the run of a series is next, or finished already.
  func announce() {
    guard ranks.isFirst else { return }
    let isFinished = (try? trainer.isFinished) ?? false
    Console.note("\(name): " + (isFinished ? "is finished already" : "training"))
  }

  /// Trains to the end, draws curves and enters the run into the catalog.
  ///
  /// - Returns: What the run came to.
  /// - Throws: ``Interruption`` after a cancellation; as `Trainer` does.
  func train() async throws -> TrainingDocument {
    let (records, feed) = AsyncStream.makeStream(of: EpochRecord.self)
    // Rank 0 alone draws, and alone brings a checkpoint back whose replacement was broken off.
    let former = start == .resume && ranks.isFirst ? try trainer.history() : []
    let curves = CurveDrawing<EpochRecord>(path: "\(folder)/curves.svg") { [recorder] in
      recorder.run($0)
    }
    async let drawing: Void = curves.follow(records, after: former)
    let outcome = try await Interruption.explained(
      by: { "a checkpoint is in \(folder); the same command with --resume goes on from there." }
    ) {
      let report: @Sendable (TrainingEvent) -> Void = { event in
        guard ranks.isFirst else { return }
        if case .epoch(let record) = event { feed.yield(record) }
        show(event)
      }
      return try await RankedRun.stopping(ranks) { [trainer, start] isToStop in
        var trainer = trainer
        trainer.isToStop = isToStop
        return try await trainer.run(start, report: report)
      }
    }
    feed.finish()
    await drawing
    if ranks.isFirst {
      Console.progress("")
      try recorder.enter(outcome.history, isFinished: true)
    }
    let last = trainer.configuration.strategy.stages.count - 1
    return TrainingDocument(
      name: name, folder: folder, classifierFolder: outcome.bestFolder,
      epochCount: outcome.history.count,
      bestMeanAUROC: outcome.history.filter { $0.stage == last }
        .compactMap(\.validation.meanAUROC).max(),
      peakDeviceBytes: outcome.deviceMemory?.peak, history: outcome.history)
  }

  /// Shows what happens, and enters epochs into the catalog as they end.
  private func show(_ event: TrainingEvent) {
    switch event {
    case .step(let record): Console.progress(TrainingText.progress(record))
    case .validating(let done, let count): Console.progress("validating, batch \(done)/\(count)")
    case .checkpoint: break
    case .epoch(let record):
      Console.progress("")
      Console.note(
        TrainingText.line(record, stageCount: trainer.configuration.strategy.stages.count))
      do {
        try recorder.enter([record])
      } catch {
        // The run is worth more than its row, which is entered again when the run ends.
        Console.note("The catalog cannot be written now: \(ExitStatus.message(for: error))")
      }
    }
  }
}
