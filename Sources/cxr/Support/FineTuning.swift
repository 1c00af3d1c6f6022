// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTraining
import Synchronization

/// One run of `cxr diffusion train`, in the terminal and in the catalog; of several ranks the first
/// one writes.
struct FineTuning {
  /// What trains.
  let trainer: DiffusionTrainer
  /// What enters records into the catalog.
  let recorder: FineTuningRecorder
  /// The folder of the run.
  let folder: String
  /// Whether the run begins.
  let start: RunStart

  private var ranks: RankGroup { trainer.ranks }

  /// Trains to the end, draws curves and enters the run into the catalog.
  ///
  /// - Returns: What the run came to.
  /// - Throws: ``Interruption`` after a cancellation; as `DiffusionTrainer` does.
  func train() async throws -> DiffusionTrainer.Outcome {
    let former = start == .resume && ranks.isFirst ? try trainer.history() : []
    let log = Log(former)
    let (records, feed) = AsyncStream.makeStream(of: NumberedRecord.self)
    let curves = CurveDrawing<NumberedRecord>(path: "\(folder)/curves.svg") { [recorder] in
      recorder.run($0)
    }
    async let drawing: Void = curves.follow(records, after: NumberedRecord.all(former))
    let text = FineTuningText(
      steps: trainer.configuration.steps, imagesPerStep: trainer.configuration.imagesPerStep)
    let outcome = try await Interruption.explained(by: {
      "a checkpoint is in \(folder); the same command with --resume goes on from there."
    }) {
      let report: @Sendable (FineTuningEvent) -> Void = { [ranks, recorder] event in
        guard ranks.isFirst else { return }
        text.show(event)
        if case .step = event { log.begin() }
        guard case .record(let record) = event else { return }
        let numbered = log.add(record)
        if record.validationLoss != nil { feed.yield(numbered) }
        do {
          try recorder.enter([numbered])
        } catch {
          // The run is worth more than its row.
          Console.note("The catalog cannot be written now: \(ExitStatus.message(for: error))")
        }
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
      try recorder.enter(log.records, isFinished: true)
    }
    return outcome
  }

  /// The records of this process, with the time that they took.
  private final class Log: Sendable {
    private struct State {
      var history: [FineTuningRecord]
      var records: [NumberedRecord] = []
      /// When the last record was made; `nil` before the first step.
      var time: ContinuousClock.Instant?
    }
    private let state: Mutex<State>

    init(_ former: [FineTuningRecord]) { state = Mutex(State(history: former)) }

    /// The records that this process has made.
    var records: [NumberedRecord] { state.withLock { $0.records } }

    /// Begins to count the time, which is not that of encoding images.
    func begin() { state.withLock { $0.time = $0.time ?? .now } }

    func add(_ record: FineTuningRecord) -> NumberedRecord {
      state.withLock { state in
        state.history.append(record)
        let all = NumberedRecord.all(state.history)
        var numbered = all[all.count - 1]
        numbered.seconds = state.time.map { (.now - $0) / .seconds(1) } ?? 0
        state.time = .now
        state.records.append(numbered)
        return numbered
      }
    }
  }
}
