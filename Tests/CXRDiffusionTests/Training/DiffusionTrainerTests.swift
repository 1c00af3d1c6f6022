// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage
import CXRTensor
import CXRTestSupport
import CXRTraining
import Foundation
import Synchronization
import Testing

@testable import CXRDiffusion

@Suite("Diffusion trainer", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionTrainerTests {
  let model: SmallModel
  let folder: TemporaryFolder

  init() throws {
    model = try SmallModel()
    folder = try TemporaryFolder()
  }

  func configuration(steps: Int) -> FineTuningConfiguration {
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
  func wholeConfiguration() -> FineTuningConfiguration {
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

  func trainer(
    _ configuration: FineTuningConfiguration, _ run: String, images: PromptedImages? = nil
  ) throws -> DiffusionTrainer {
    var trainer = try DiffusionTrainer(
      configuration, model.open(), images ?? DrawnPixels.list(0..<6), folder: folder.path(run),
      tokens: DrawnPixels.tokens)
    trainer.validation = try DrawnPixels.list(6..<9)
    return trainer
  }

  func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: folder.url.appending(path: path))
  }

  static let results = [
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
    let steps = try await DiffusionTrainer.exportCheckpoint(
      of: folder.path("run"), model.open(), to: folder.path("export"))
    #expect(steps == 6)
    for name in Self.results.prefix(2) {
      let copy = name.replacing("model/", with: "export/", maxReplacements: 1)
      #expect(try bytes(copy) == bytes("run/\(name)"), "\(name)")
    }
  }

  @Test("Refuses to export without a checkpoint, and with another model to begin with")
  func refusesExports() async throws {
    func export() async throws {
      try await DiffusionTrainer.exportCheckpoint(
        of: folder.path("run"), model.open(), to: folder.path("export"))
    }
    #expect(await #expect(throws: FileError.self) { try await export() }?.code == .missing)
    _ = try await trainer(configuration(steps: 1), "run").run(.begin)
    try FileManager.default.moveItem(
      atPath: folder.path("run/checkpoint"), toPath: folder.path("aside"))
    #expect(await #expect(throws: FileError.self) { try await export() }?.code == .missing)
    try FileManager.default.moveItem(
      atPath: folder.path("aside"), toPath: folder.path("run/checkpoint"))
    try await export()
    try SmallModel.model(seed: 9).write(to: model.path)
    #expect(await #expect(throws: FileError.self) { try await export() }?.code == .malformed)
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
    trainer.latentsFolder = folder.path("shared/latents")
    let encoded = Mutex(0)
    @Sendable func count(_ event: FineTuningEvent) {
      if case .encoded = event { encoded.withLock { $0 += 1 } }
    }
    let first = try await trainer.run(.begin) { count($0) }
    #expect(encoded.withLock { $0 } == 9)
    var second = try self.trainer(configuration(steps: 1), "second")
    second.latentsFolder = folder.path("shared/latents")
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

  @Test("Makes images and keeps models while it learns, and none of it changes what is learned")
  func makesPictures() async throws {
    try SmallModel.addTokenizer(to: model.path)
    let plain = try await trainer(configuration(steps: 4), "plain").run(.begin)
    var trainer = try trainer(configuration(steps: 4), "run")
    var pictures = ProgressPictures(prompts: ["stripes 1", "stripes 2", "stripes 3"])
    pictures.interval = 3
    pictures.sampling.steps = 2
    (pictures.sampling.height, pictures.sampling.width) = (16, 16)
    trainer.pictures = pictures
    trainer.modelInterval = 2
    let events = Mutex<[String]>([])
    let outcome = try await trainer.run(.begin) { event in
      switch event {
      case .pictures(let step, _, let missing):
        events.withLock { $0.append("pictures \(step) \(missing)") }
      case .model(let step, _): events.withLock { $0.append("model \(step)") }
      default: break
      }
    }
    #expect(events.withLock { $0 } == ["model 2", "pictures 3 0", "pictures 4 0", "model 4"])
    #expect(outcome.history == plain.history)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("run/samples"))
    #expect(names.sorted() == ["step-000003.png", "step-000004.png"])
    let page = try GrayImage(contentsOf: folder.path("run/samples/step-000004.png"))
    #expect(page.width == 3 * (128 + 8) + 8 && page.height > 128)
    let kept = try DiffusionFolder(path: folder.path("run/models/step-000002")).unet(on: .cpu)
    let last = try DiffusionFolder(path: outcome.modelFolder).unet(on: .cpu)
    #expect(try !kept.state.equals(last.state))
    let two = try await self.trainer(configuration(steps: 2), "two").run(.begin)
    #expect(
      try kept.state.equals(DiffusionFolder(path: two.modelFolder).unet(on: .cpu).state))
  }

  @Test("A run that could not begin leaves nothing that would refuse it a second time")
  func beginsAgain() async throws {
    let broken = try trainer(
      configuration(steps: 1), "run",
      images: PromptedImages(
        prompts: ["a", "b"], pixelIndices: [0, DrawnPixels.unreadableIndex],
        pixels: DrawnPixels()))
    let error = await #expect(throws: TrainingDataError.self) { try await broken.run(.begin) }
    #expect(error?.code == .unreadableImage)
    #expect(!FileManager.default.fileExists(atPath: folder.path("run/run.json")))
    _ = try await trainer(configuration(steps: 1), "run").run(.begin)
    let other = try DiffusionTrainer(
      configuration(steps: 1), model.open(), DrawnPixels.list(0..<6), folder: folder.path("text")
    ) { _ in throw TestError() }
    await #expect(throws: TestError.self) { try await other.run(.begin) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("text")))
  }

  private struct TestError: Error {}

  @Test("Refuses to go on with other tokens")
  func refusesOtherTokens() async throws {
    _ = try await trainer(configuration(steps: 1), "run").run(.begin)
    var other = try DiffusionTrainer(
      configuration(steps: 1), model.open(), DrawnPixels.list(0..<6), folder: folder.path("run")
    ) { prompt in try DrawnPixels.tokens(prompt).reversed() }
    other.validation = try DrawnPixels.list(6..<9)
    let error = await #expect(throws: FileError.self) { try await other.run(.resume) }
    #expect(error?.code == .malformed)
    // As would a tokenizer of the model that has other files.
    try SmallModel.addTokenizer(to: model.path)
    let files = await #expect(throws: FileError.self) {
      try await trainer(configuration(steps: 1), "run").run(.resume)
    }
    #expect(files?.code == .malformed)
  }
}
