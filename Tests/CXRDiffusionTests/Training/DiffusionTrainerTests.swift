// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import CXRTraining
import Foundation
import Synchronization
import Testing

@testable import CXRDiffusion

@Suite("Diffusion trainer", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionTrainerTests {
  private let model: SmallModel
  private let folder: TemporaryFolder

  init() throws {
    model = try SmallModel()
    folder = try TemporaryFolder()
  }

  private func configuration(steps: Int) -> FineTuningConfiguration {
    var configuration = FineTuningConfiguration()
    configuration.warmupSteps = 0
    configuration.learningRate = 1e-3
    configuration.steps = steps
    configuration.batchSize = 4
    configuration.validationInterval = 3
    configuration.seed = 5
    return configuration
  }

  /// Settings with everything that a checkpoint has to carry over.
  private func wholeConfiguration() -> FineTuningConfiguration {
    var configuration = configuration(steps: 6)
    (configuration.batchSize, configuration.accumulation) = (2, 2)
    configuration.noise = TrainingNoise(offset: 0.1, perturbation: 0.1)
    configuration.promptDropout = 0.3
    configuration.snrGamma = 5
    var average = AverageDecay()
    average.minimum = 0.5
    configuration.average = average
    return configuration
  }

  private func trainer(
    _ configuration: FineTuningConfiguration, _ run: String, images: PromptedImages? = nil
  ) throws -> DiffusionTrainer {
    var trainer = try DiffusionTrainer(
      configuration, model.open(), images ?? DrawnPixels.list(0..<6), folder: folder.path(run),
      tokens: DrawnPixels.tokens)
    trainer.validation = try DrawnPixels.list(6..<9)
    return trainer
  }

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: folder.url.appending(path: path))
  }

  private static let results = [
    "model/unet/diffusion_pytorch_model.safetensors", "model/text_encoder/model.safetensors",
    "metrics.csv", "checkpoint/average.safetensors", "checkpoint/model.safetensors",
    "checkpoint/optimizer.safetensors", "checkpoint/progress.json",
  ]

  @Test("Learns four pictures by heart")
  func learnsByHeart() async throws {
    var configuration = configuration(steps: 60)
    configuration.validationInterval = 20
    configuration.textEncoder = .frozen
    var trainer = try trainer(configuration, "run", images: DrawnPixels.list(0..<4))
    trainer.validation = try DrawnPixels.list(0..<4)
    let outcome = try await trainer.run(.begin)
    let losses = outcome.history.compactMap(\.validationLoss)
    #expect(outcome.history.map(\.step) == [20, 40, 60])
    #expect(losses.count == 3 && losses[2] < 0.8 * losses[0])
    #expect(outcome.history[2].trainingLoss < 0.8 * outcome.history[0].trainingLoss)
  }

  @Test("A run that was interrupted and resumed has the bits of one that was not")
  func resumes() async throws {
    let whole = try trainer(wholeConfiguration(), "whole")
    _ = try await whole.run(.begin)
    var broken = try trainer(wholeConfiguration(), "broken")
    broken.checkpointInterval = 2
    let steps = Mutex(0)
    broken.isToStop = { steps.withLock { $0 } == 4 }
    await #expect(throws: CancellationError.self) {
      try await broken.run(.begin) { event in
        if case .step(let step, _, _) = event { steps.withLock { $0 = step } }
      }
    }
    #expect(steps.withLock { $0 } == 4)
    _ = try await trainer(wholeConfiguration(), "broken").run(.resume)
    for name in Self.results {
      #expect(try bytes("broken/\(name)") == bytes("whole/\(name)"), "\(name)")
    }
  }

  @Test("Exports the running average, at the end and from a checkpoint")
  func exportsAverage() async throws {
    let trainer = try trainer(wholeConfiguration(), "run")
    let outcome = try await trainer.run(.begin)
    let average = try WeightFile(path: folder.path("run/checkpoint/average.safetensors")).tensors
    let last = try WeightFile(path: folder.path("run/checkpoint/model.safetensors")).tensors
    let name = "conv_in.weight"
    let exported = try DiffusionFolder(path: outcome.modelFolder).unet(on: .cpu)
    let weights = try #require(exported.state[name]).values(as: Double.self)
    #expect(try average.tensor(named: "unet.\(name)").numbers() == weights)
    #expect(try last.tensor(named: "unet.\(name)").numbers() != weights)
    try await trainer.exportCheckpoint(to: folder.path("export"))
    for name in Self.results.prefix(2) {
      let copy = name.replacing("model/", with: "export/", maxReplacements: 1)
      #expect(try bytes(copy) == bytes("run/\(name)"), "\(name)")
    }
  }

  @Test("Refuses to export without a checkpoint, and with another model to begin with")
  func refusesExports() async throws {
    let trainer = try trainer(configuration(steps: 1), "run")
    let early = await #expect(throws: FileError.self) {
      try await trainer.exportCheckpoint(to: folder.path("export"))
    }
    #expect(early?.code == .missing)
    _ = try await trainer.run(.begin)
    try SmallModel.model(seed: 9).write(to: model.path)
    let other = await #expect(throws: FileError.self) {
      try await trainer.exportCheckpoint(to: folder.path("export"))
    }
    #expect(other?.code == .malformed)
  }

  @Test("What images get does not depend on the parts that they are in")
  func accumulates() async throws {
    var whole = configuration(steps: 2)
    whole.promptDropout = 0.5
    var parts = whole
    (parts.batchSize, parts.accumulation) = (1, 4)
    let first = try await trainer(whole, "whole").run(.begin).history
    let second = try await trainer(parts, "parts").run(.begin).history
    #expect(first[0].trainingLoss.isClose(to: second[0].trainingLoss, absolute: 1e-4))
    // Another seed gives other timesteps and noise.
    whole.seed = 6
    let other = try await trainer(whole, "other").run(.begin).history
    #expect(!first[0].trainingLoss.isClose(to: other[0].trainingLoss, absolute: 1e-3))
  }

  @Test("A frozen text encoder is written as it was, and validation repeats itself")
  func staysFrozen() async throws {
    var configuration = configuration(steps: 2)
    configuration.textEncoder = .frozen
    let outcome = try await trainer(configuration, "run").run(.begin)
    let before = try model.open().textEncoder(on: .cpu)
    let after = try DiffusionFolder(path: outcome.modelFolder).textEncoder(on: .cpu)
    #expect(try after.state.equals(before.state))
    let again = try await trainer(configuration, "again").run(.begin)
    #expect(outcome.history == again.history && outcome.history[0].validationLoss != nil)
  }

  @Test("Latent pictures that are kept in a file give the same bits")
  func keepsLatents() async throws {
    var trainer = try trainer(configuration(steps: 1), "first")
    trainer.latentsFolder = folder.url.path
    let encoded = Mutex(0)
    @Sendable func count(_ event: FineTuningEvent) {
      if case .encoded = event { encoded.withLock { $0 += 1 } }
    }
    let first = try await trainer.run(.begin) { count($0) }
    #expect(encoded.withLock { $0 } == 9)
    var second = try self.trainer(configuration(steps: 1), "second")
    second.latentsFolder = folder.url.path
    #expect(try await second.run(.begin) { count($0) }.history == first.history)
    #expect(encoded.withLock { $0 } == 9, "nothing is encoded twice")
  }

  @Test("Refuses to go on with other settings, images or weights")
  func refusesOtherRuns() async throws {
    _ = try await trainer(configuration(steps: 1), "run").run(.begin)
    let begun = await #expect(throws: FileError.self) {
      try await trainer(configuration(steps: 1), "run").run(.begin)
    }
    #expect(begun?.code == .unwritable)
    let settings = await #expect(throws: FileError.self) {
      try await trainer(configuration(steps: 2), "run").run(.resume)
    }
    #expect(settings?.code == .malformed)
    let images = await #expect(throws: TrainingDataError.self) {
      try await trainer(configuration(steps: 1), "run", images: DrawnPixels.list(1..<4))
        .run(.resume)
    }
    #expect(images?.code == .unfitSources)
    try SmallModel.model(seed: 9).write(to: model.path)
    let weights = await #expect(throws: FileError.self) {
      try await trainer(configuration(steps: 1), "run").run(.resume)
    }
    #expect(weights?.code == .malformed)
  }
}
