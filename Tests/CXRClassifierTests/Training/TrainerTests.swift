// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRFiles
import CXRImage
import CXRTensor
import CXRTestSupport
import Foundation
import Synchronization
import Testing
import CXRTraining

@Suite("Trainer", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct TrainerTests {
  let folder: TemporaryFolder
  let images: TrainingImages

  init() throws {
    folder = try TemporaryFolder()
    images = try TrainingImages(
      real: LearnablePixels.list(48), synthetic: LearnablePixels.list(32, firstID: 1_000, seed: 8),
      validation: LearnablePixels.list(24, firstID: 2_000))
  }

  func configuration(
    _ strategy: TrainingStrategy, epochs: Int
  ) -> TrainingConfiguration {
    var network = DenseNetConfiguration(outputs: 2)
    network.inputChannels = 1
    network.stemChannels = 8
    network.growth = 4
    network.blockLayers = [2, 2]
    network.head = .hidden(width: 16, dropout: 0.2)
    let classifier = ClassifierDescription(
      architecture: .denseNet(network), labels: .findings(.edema, .pneumonia), side: 16,
      scale: .signedUnit
    )
    var configuration = TrainingConfiguration(classifier, strategy: strategy)
    configuration.epochs = epochs
    configuration.batchSize = 8
    configuration.seed = 3
    for stage in configuration.strategy.stages.indices {
      configuration.strategy.stages[stage].learningRate = 0.01
    }
    var augmentation = Augmentation()
    augmentation.flipProbability = 0.5
    configuration.augmentation = augmentation
    return configuration
  }

  /// The bytes of every file of a run that is to be the same whenever it is run.
  func result(of run: String) throws -> [String: Data] {
    let url = folder.url.appending(path: run)
    var files: [String: Data] = [:]
    for name in [
      "best/model.safetensors", "best/classifier.json", "stage-0/model.safetensors",
      "checkpoint/progress.json",
    ] {
      guard let data = try? Data(contentsOf: url.appending(path: name)) else { continue }
      files[name] = name.hasSuffix("progress.json") ? try withoutTimes(data) : data
    }
    return files
  }

  /// Some learned weights of a classifier.
  func weights(of folder: String) throws -> [Double] {
    try WeightFile(path: "\(folder)/model.safetensors").tensors
      .tensor(named: "features.norm0.weight").numbers()
  }

  private func withoutTimes(_ progress: Data) throws -> Data {
    let text = String(decoding: progress, as: UTF8.self)
    return Data(text.replacing(/"seconds" : [-0-9.e]+/, with: "").utf8)
  }

  @Test("Learns, keeps the best weights and tells what the epochs came to")
  func learns() async throws {
    let run = folder.path("run")
    let trainer = Trainer(configuration(.real, epochs: 6), images, folder: run)
    let outcome = try await trainer.run(.begin)
    #expect(outcome.history.count == 6)
    let best = try #require(outcome.history.compactMap(\.validation.meanAUROC).max())
    #expect(best > 0.85)
    #expect(outcome.history.allSatisfy { $0.validation.aurocs[1] == nil })
    #expect(outcome.history.allSatisfy { $0.validation.definedCount == 1 })
    #expect(outcome.history[0].trainingLoss > outcome.history[5].trainingLoss)
    let lines = try String(contentsOfFile: "\(run)/metrics.csv", encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    #expect(lines.count == 7)
    #expect(lines[0].hasSuffix("AUROC Edema,AUROC Pneumonia"))
    let labels = try await TensorActor.run {
      try Classifier(folder: outcome.bestFolder, on: .cpu).description.labels
    }
    #expect(labels == .findings(.edema, .pneumonia))
  }

  @Test(
    "Interrupted after any step and resumed, it gives the same bits",
    arguments: [1, 4, 6, 8, 11, 13])
  func resumes(steps: Int) async throws {
    let configuration = configuration(.pretrainFineTune, epochs: 2)
    let whole = Trainer(configuration, images, folder: folder.path("whole"))
    _ = try await whole.run(.begin)

    var broken = Trainer(configuration, images, folder: folder.path("broken"))
    broken.checkpointInterval = 2
    broken.workers = 2
    let count = Mutex(0)
    let trainer = broken
    let work = Task {
      try await trainer.run(.begin) { event in
        guard case .step = event else { return }
        let made = count.withLock { count in
          count += 1
          return count
        }
        if made == steps { cancelCurrentTask() }
      }
    }
    await #expect(throws: CancellationError.self) { _ = try await work.value }
    let outcome = try await trainer.run(.resume)
    #expect(outcome.history.count == 4)
    let (expected, found) = (try result(of: "whole"), try result(of: "broken"))
    #expect(expected.count == 4)
    #expect(expected == found)
  }

  @Test("Goes on from the last checkpoint after a kill within an epoch")
  func resumesAfterKill() async throws {
    let configuration = configuration(.real, epochs: 2)
    _ = try await Trainer(configuration, images, folder: folder.path("whole")).run(.begin)
    // What a kill leaves: a checkpoint within the epoch, made here by copying it in time.
    var trainer = Trainer(configuration, images, folder: folder.path("killed"))
    trainer.checkpointInterval = 2
    let kept = folder.url.appending(path: "kept")
    let source = folder.url.appending(path: "killed")
    _ = try await trainer.run(.begin) { event in
      guard case .checkpoint(let step) = event, step == 4 else { return }
      try? FileManager.default.copyItem(at: source, to: kept)
    }
    let resumed = try await Trainer(configuration, images, folder: kept.path).run(.resume)
    #expect(resumed.history.count == 2)
    #expect(try result(of: "kept") == result(of: "whole"))
  }

  @Test("Fine-tunes from the best weights of the stage before")
  func fineTunes() async throws {
    let run = folder.path("run")
    let trainer = Trainer(configuration(.pretrainFineTune, epochs: 2), images, folder: run)
    let outcome = try await trainer.run(.begin)
    #expect(outcome.history.map(\.stage) == [0, 0, 1, 1])
    #expect(outcome.history.map(\.epoch) == [0, 1, 2, 3])
    #expect(outcome.history.map(\.imageCount) == [32, 32, 48, 48])

    // With next to no learning rate, the weights of the second stage are those of the first.
    var still = configuration(.pretrainFineTune, epochs: 2)
    still.strategy.stages[1].learningRate = 1e-30
    let path = folder.path("still")
    _ = try await Trainer(still, images, folder: path).run(.begin)
    #expect(try weights(of: "\(path)/stage-0") == weights(of: "\(path)/best"))
  }

  @Test("Ends when validation no longer improves")
  func endsEarly() async throws {
    var configuration = configuration(.real, epochs: 50)
    configuration.patience = 1
    configuration.strategy.stages[0].learningRate = 0.2
    let outcome = try await Trainer(configuration, images, folder: folder.path("run")).run(.begin)
    #expect(outcome.history.count < 50)
    let losses = outcome.history.map(\.validation.loss)
    #expect(try #require(losses.last) >= #require(losses.dropLast().min()))
  }

  @Test("Keeps the running average in place of the weights, and resumes with it")
  func keepsAverage() async throws {
    var configuration = configuration(.real, epochs: 2)
    configuration.average = AverageDecay()
    _ = try await Trainer(configuration, images, folder: folder.path("whole")).run(.begin)
    let trainer = Trainer(configuration, images, folder: folder.path("broken"))
    let work = Task {
      try await trainer.run(.begin) { event in
        if case .step(let record) = event, record.epoch == 1, record.step == 2 {
          cancelCurrentTask()
        }
      }
    }
    await #expect(throws: CancellationError.self) { _ = try await work.value }
    _ = try await trainer.run(.resume)
    #expect(try result(of: "broken") == result(of: "whole"))
    // Without an average the same run keeps other weights.
    let kept = try weights(of: folder.path("whole/best"))
    #expect(kept.count == 8)
    configuration.average = nil
    _ = try await Trainer(configuration, images, folder: folder.path("plain")).run(.begin)
    #expect(try weights(of: folder.path("plain/best")) != kept)
  }

  @Test("Refuses a folder in use, another configuration, and resuming nothing")
  func refuses() async throws {
    let run = folder.path("run")
    let configuration = configuration(.real, epochs: 1)
    let missing = await #expect(throws: FileError.self) {
      try await Trainer(configuration, images, folder: run).run(.resume)
    }
    #expect(missing?.code == .missing)
    _ = try await Trainer(configuration, images, folder: run).run(.begin)
    let used = await #expect(throws: FileError.self) {
      try await Trainer(configuration, images, folder: run).run(.begin)
    }
    #expect(used?.message.contains("--resume") == true)
    var other = configuration
    other.seed = 4
    let trainer = Trainer(other, images, folder: run)
    let changed = await #expect(throws: FileError.self) { try await trainer.run(.resume) }
    #expect(changed?.code == .malformed)
  }

  @Test("Stops at a loss that is not a number, and says what to do")
  func stopsAtNaN() async throws {
    var configuration = configuration(.real, epochs: 5)
    configuration.strategy.stages[0].learningRate = 1e30
    let trainer = Trainer(configuration, images, folder: folder.path("run"))
    let error = await #expect(throws: TensorError.self) { try await trainer.run(.begin) }
    #expect(error?.code == .nonFinite)
    #expect(error?.message.contains("learning rate") == true)
  }
}

/// Cancels the task that calls it, as Ctrl-C does with that of the program.
func cancelCurrentTask() {
  unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
}
