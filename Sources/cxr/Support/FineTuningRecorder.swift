// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRDiffusion
import CXRFiles

/// Enters a run of fine-tuning into the catalog.
///
/// What an epoch is to a classifier, the steps between two records are here. The catalog holds
/// validation losses; without images to validate on it knows the run, and not its course.
struct FineTuningRecorder: Sendable {
  private let catalog: Catalog
  private let policy: ConflictPolicy
  private let content: TrainingRunContent
  private let provenance: CXRCatalog.Provenance
  private let imageCount: Int
  private let imagesPerStep: Int

  init(
    _ catalog: Catalog, name: String, folder: String, configuration: FineTuningConfiguration,
    imageCount: Int, computed: ComputeRecord, policy: ConflictPolicy
  ) throws {
    self.catalog = catalog
    self.policy = policy
    self.imageCount = imageCount
    imagesPerStep = configuration.imagesPerStep
    content = TrainingRunContent(
      name: name, folder: folder,
      configurationJSON: String(decoding: try JSONDocument.encode(configuration), as: UTF8.self),
      isFinished: false, epochs: [])
    var provenance = CXRCatalog.Provenance.ofThisCommand("diffusion train")
    provenance.optionsJSON = String(decoding: try JSONDocument.encode(computed), as: UTF8.self)
    self.provenance = provenance
  }

  /// Checks, before hours of work, that the run can be entered.
  func check() throws { try catalog.requireFreeName(for: content, onConflict: policy) }

  /// Enters records; the catalog keeps what it has of others.
  func enter(_ records: [NumberedRecord], isFinished: Bool = false) throws {
    _ = try catalog.addTrainingRun(
      run(records, isFinished: isFinished), onConflict: policy, provenance: provenance)
  }

  /// The run with records.
  func run(_ records: [NumberedRecord], isFinished: Bool = false) -> TrainingRunContent {
    var run = content
    run.isFinished = isFinished
    run.epochs = records.compactMap { numbered in
      let record = numbered.record
      guard let validationLoss = record.validationLoss else { return nil }
      return TrainingRunContent.Epoch(
        epoch: numbered.number, stage: 0, step: record.step, learningRate: record.learningRate,
        trainingLoss: record.trainingLoss, validationLoss: validationLoss,
        validationMeanAUROC: nil, definedFindingCount: 0, isBest: numbered.isBest,
        seconds: numbered.seconds,
        imageCount: images(after: record.step) - images(after: numbered.previousStep))
    }
    return run
  }

  /// The images that steps have learned from; the last step of a pass may have fewer.
  private func images(after steps: Int) -> Int {
    let stepsPerEpoch = (imageCount + imagesPerStep - 1) / imagesPerStep
    return steps / stepsPerEpoch * imageCount
      + min(steps % stepsPerEpoch * imagesPerStep, imageCount)
  }
}

/// A record with its place in a run.
struct NumberedRecord: Sendable {
  let record: FineTuningRecord
  /// The number of the record, from 0.
  let number: Int
  /// The steps made before the record's first one.
  let previousStep: Int
  /// Whether no record before has a smaller validation loss.
  let isBest: Bool
  /// The seconds that its steps took; 0 for those that another process has made.
  var seconds = 0.0

  /// Numbers the records of a run.
  static func all(_ history: [FineTuningRecord]) -> [NumberedRecord] {
    var best = Double.infinity
    return history.enumerated().map { number, record in
      let loss = record.validationLoss ?? .infinity
      defer { best = min(best, loss) }
      return NumberedRecord(
        record: record, number: number, previousStep: number > 0 ? history[number - 1].step : 0,
        isBest: loss < best)
    }
  }
}
