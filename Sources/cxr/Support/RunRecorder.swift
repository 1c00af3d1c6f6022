// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRClassifier
import CXRFiles
import Foundation

/// Enters a training run into the catalog.
struct RunRecorder {
  private let catalog: Catalog
  private let policy: ConflictPolicy
  private let content: TrainingRunContent
  private let provenance: CXRCatalog.Provenance

  init(
    _ catalog: Catalog, name: String, folder: String, configuration: TrainingConfiguration,
    computed: ComputeRecord, policy: ConflictPolicy
  ) throws {
    self.catalog = catalog
    self.policy = policy
    content = TrainingRunContent(
      name: name, folder: folder,
      configurationJSON: String(decoding: try JSONDocument.encode(configuration), as: UTF8.self),
      isFinished: false, epochs: [])
    var provenance = CXRCatalog.Provenance.ofThisCommand("train")
    provenance.optionsJSON = String(decoding: try JSONDocument.encode(computed), as: UTF8.self)
    self.provenance = provenance
  }

  /// Checks, before hours of work, that the run can be entered.
  func check() throws { try catalog.requireFreeName(for: content, onConflict: policy) }

  /// Enters what epochs came to; the catalog keeps what it has of others.
  func enter(_ history: [EpochRecord], isFinished: Bool = false) throws {
    _ = try catalog.addTrainingRun(
      run(history, isFinished: isFinished), onConflict: policy,
      provenance: provenance)
  }

  /// The run with what epochs came to.
  func run(_ history: [EpochRecord], isFinished: Bool = false) -> TrainingRunContent {
    var run = content
    run.isFinished = isFinished
    run.epochs = history.map { record in
      TrainingRunContent.Epoch(
        epoch: record.epoch, stage: record.stage, step: record.step,
        learningRate: record.learningRate, trainingLoss: record.trainingLoss,
        validationLoss: record.validation.loss,
        validationMeanAUROC: record.validation.meanAUROC,
        definedFindingCount: record.validation.definedCount, isBest: record.isBest,
        seconds: record.seconds, imageCount: record.imageCount)
    }
    return run
  }
}
