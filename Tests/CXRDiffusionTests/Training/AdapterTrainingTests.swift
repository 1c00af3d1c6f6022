// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import CXRTraining
import Foundation
import Synchronization
import Testing

@testable import CXRDiffusion

@Suite(
  "Adapter and class training", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct AdapterTrainingTests {
  private let model: SmallModel
  private let folder: TemporaryFolder

  init() throws {
    model = try SmallModel()
    folder = try TemporaryFolder()
    let spread = try SmallModel.model()
    try spread.spreadLatents(of: DrawnPixels.list(0..<8))
    try spread.write(to: model.path)
  }

  private func configuration(
    steps: Int, _ change: (inout FineTuningConfiguration) -> Void = { _ in }
  ) -> FineTuningConfiguration {
    var configuration = FineTuningConfiguration()
    configuration.warmupSteps = 0
    configuration.learningRate = 1e-3
    configuration.steps = steps
    configuration.batchSize = 4
    configuration.validationInterval = 20
    configuration.seed = 5
    configuration.textEncoder = .frozen
    change(&configuration)
    return configuration
  }

  private func trainer(
    _ configuration: FineTuningConfiguration, _ run: String, images: Range<Int> = 0..<4,
    prior: Range<Int>? = nil
  ) throws -> DiffusionTrainer {
    var trainer = DiffusionTrainer(
      configuration, try model.open(), try DrawnPixels.list(images), folder: folder.path(run),
      tokens: DrawnPixels.tokens)
    trainer.validation = try DrawnPixels.list(images)
    trainer.prior = try prior.map { try DrawnPixels.list($0) }
    return trainer
  }

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: folder.url.appending(path: path))
  }

  @Test("Adapters learn four pictures with their noise by heart")
  func adaptersLearnByHeart() throws {
    let images = try DrawnPixels.list(0..<4)
    let model = try DiffusionModel(self.model.open(), on: .cpu)
    var settings = LowRankConfiguration(rank: 8)
    settings.targets += ["ff.net.0.proj", "ff.net.2", "proj_in", "proj_out"]
    let configuration = configuration(steps: 60) {
      $0.adapter = settings
      $0.learningRate = 1e-2
    }
    let learner = try DiffusionLearner(
      model, DiffusionObjective(.stableDiffusion, predicting: .epsilon), configuration, on: .cpu)
    let batch = try NoisedBatches(
      seed: 3,
      LatentPictures(
        images, model.autoencoder, on: .cpu, keptIn: folder.path("latents")),
      scalingFactor: model.autoencoder.configuration.scalingFactor,
      tokens: images.prompts.map(DrawnPixels.tokens), emptyPrompt: DrawnPixels.tokens(""),
      encoded: EncodedPrompts(model.textEncoder.module, on: .cpu), on: .cpu
    ).batch([0, 1, 2, 3], step: 0, timestepCount: 1000, noise: TrainingNoise(), dropout: 0)
    var losses: [Double] = []
    for step in 0..<configuration.steps {
      losses.append(
        try learner.learn(inParts: 1, imageCount: 4, step: step) { _ in batch }.lossSum / 4)
    }
    #expect(losses[59] < 0.7 * losses[0], "\(losses)")
  }

  @Test("A run of adapters writes them, and the model that they are merged into")
  func writesAdapters() async throws {
    let configuration = configuration(steps: 3) {
      $0.adapter = LowRankConfiguration(rank: 8)
      $0.textEncoder = .learning
    }
    let trainer = try trainer(configuration, "run")
    let outcome = try await trainer.run(.begin)
    let names = try FileManager.default.contentsOfDirectory(atPath: outcome.modelFolder)
    #expect(names == [AdapterFile.name])
    let state = try WeightFile(path: folder.path("run/checkpoint/model.safetensors")).tensors
    #expect(state.names.allSatisfy { $0.contains(".lora_") })

    // The exported model has the weights of the base and the product besides.
    let exported = folder.path("export")
    try await DiffusionTrainer.exportCheckpoint(
      of: folder.path("run"), model.open(), to: exported)
    let before = try DiffusionModel(model.open(), on: .cpu)
    let after = try DiffusionModel(DiffusionFolder(path: exported), on: .cpu)
    let adapter = try LowRankAdapter(AdapterFile(path: outcome.modelFolder), of: before)
    let adapted = Set(adapter.parts.map { "\($0.weight.name).weight" })
    for (old, new) in [
      (before.unet.state, after.unet.state),
      (before.textEncoder.state, after.textEncoder.state),
    ] {
      for (entry, other) in zip(old.entries, new.entries) {
        let isSame = try entry.tensor.largestDifference(from: other.tensor) == 0
        #expect(isSame == !adapted.contains(entry.name), "\(entry.name)")
      }
    }
    try adapter.merge()
    #expect(try before.unet.state.equals(after.unet.state))
    #expect(try before.textEncoder.state.equals(after.textEncoder.state))
  }

  @Test("A learner of adapters leaves every bit of the model, and keeps moments of adapters only")
  func freezesTheBase() throws {
    let model = try SmallModel.model()
    let before = [model.unet.state, model.textEncoder.state, model.autoencoder.state]
    let copies = try before.map { try $0.copy() }
    let configuration = configuration(steps: 1) {
      $0.adapter = LowRankConfiguration()
      $0.textEncoder = .learning
    }
    let learner = try DiffusionLearner(
      model, DiffusionObjective(.stableDiffusion, predicting: .epsilon), configuration, on: .cpu)
    let first = try learner.optimization.network.copy()
    for step in 0..<2 {
      _ = try learner.learn(inParts: 1, imageCount: 2, step: step) { _ throws(TensorError) in
        let noise = try Tensor.closedForm([2, 4, 8, 8], a: 2.1, b: 0.4)
        return NoisedBatch(
          latents: try .closedForm([2, 4, 8, 8], a: 0.6), noise: (noise, noise),
          timesteps: [30, 700],
          prompts: .tokens(try SmallNetworks.prompt().expanded([2, 77]).contiguous()))
      }
    }
    for (state, copy) in zip(before, copies) {
      #expect(try state.equals(copy))
      #expect(state.parameters.allSatisfy { $0.tensor.gradient == nil })
    }
    // After two steps both halves of every update have moved.
    let learned = learner.optimization.network
    #expect(learned.names.allSatisfy { $0.contains(".lora_") })
    for (old, new) in zip(first.entries, learned.entries) {
      #expect(try old.tensor.largestDifference(from: new.tensor) > 0, "\(new.name)")
    }
  }

  @Test("Recomputed activations give adapters the same gradients")
  func recomputes() throws {
    var norms: [Double] = []
    for activations in [Activations.kept, .recomputed] {
      let configuration = configuration(steps: 1) {
        $0.adapter = LowRankConfiguration()
        $0.activations = activations
      }
      let learner = try DiffusionLearner(
        SmallModel.model(), DiffusionObjective(.stableDiffusion, predicting: .epsilon),
        configuration, on: .cpu)
      let step = try learner.learn(inParts: 1, imageCount: 1, step: 0) { _ throws(TensorError) in
        let noise = try Tensor.closedForm([1, 4, 8, 8], a: 2.1, b: 0.4)
        return NoisedBatch(
          latents: try .closedForm([1, 4, 8, 8], a: 0.6), noise: (noise, noise), timesteps: [30],
          prompts: .encoded(try SmallNetworks.context()))
      }
      norms.append(try #require(try step.gradientNorm?.item()))
    }
    #expect(norms[0] > 0 && norms[0].isClose(to: norms[1], relative: 1e-5), "\(norms)")
  }

  @Test("DreamBooth learns four pictures by heart beside pictures of their class")
  func dreamBoothLearnsByHeart() async throws {
    let configuration = configuration(steps: 60) { $0.priorLossWeight = 0.5 }
    let trainer = try trainer(configuration, "run", prior: 4..<10)
    let outcome = try await trainer.run(.begin)
    let losses = outcome.history.compactMap(\.validationLoss)
    #expect(losses.count == 3 && losses[2] < 0.8 * losses[0], "\(losses)")
    let training = outcome.history.map(\.trainingLoss)
    #expect(training[2] < 0.8 * training[0], "\(training)")
  }

  /// Adapters, images of a class, and everything else that a checkpoint has to carry over.
  private func wholeConfiguration() -> FineTuningConfiguration {
    configuration(steps: 6) {
      $0.adapter = LowRankConfiguration(rank: 2, alpha: 4)
      $0.textEncoder = .learning
      ($0.batchSize, $0.accumulation) = (2, 2)
      $0.promptDropout = 0.3
      $0.snrGamma = 5
      $0.validationInterval = 3
      var average = AverageDecay()
      average.minimum = 0.5
      $0.average = average
    }
  }

  @Test("A run that was interrupted and resumed has the bits of one that was not")
  func resumes() async throws {
    _ = try await trainer(wholeConfiguration(), "whole", prior: 4..<9).run(.begin)
    let steps = Mutex(0)
    var broken = try trainer(wholeConfiguration(), "broken", prior: 4..<9)
    broken.isToStop = { steps.withLock { $0 } == 4 }
    await #expect(throws: CancellationError.self) {
      try await broken.run(.begin) { event in
        if case .step(let step, _, _) = event { steps.withLock { $0 = step } }
      }
    }
    _ = try await trainer(wholeConfiguration(), "broken", prior: 4..<9).run(.resume)
    for name in [
      "adapter/\(AdapterFile.name)", "metrics.csv", "checkpoint/average.safetensors",
      "checkpoint/model.safetensors", "checkpoint/optimizer.safetensors",
    ] {
      #expect(try bytes("broken/\(name)") == bytes("whole/\(name)"), "\(name)")
    }
    // The average is what is given away.
    let average = try WeightFile(path: folder.path("whole/checkpoint/average.safetensors")).tensors
    let written = try WeightFile(path: folder.path("whole/adapter/\(AdapterFile.name)")).tensors
    #expect(
      try written.names.allSatisfy { name in
        try written.tensor(named: name).numbers() == average.tensor(named: name).numbers()
      })
  }

  @Test("Refuses to go on with other images of the class, another weight or another rank")
  func refusesOtherRuns() async throws {
    let settings = configuration(steps: 1) { $0.adapter = LowRankConfiguration() }
    _ = try await trainer(settings, "run", prior: 4..<6).run(.begin)
    for prior in [4..<7, nil] {
      let images = await #expect(throws: TrainingDataError.self) {
        try await trainer(settings, "run", prior: prior).run(.resume)
      }
      #expect(images?.code == .unfitSources && images?.message.contains("class") == true)
    }
    for change in [
      { $0.priorLossWeight = 2 }, { $0.adapter?.rank = 5 }, { $0.adapter = nil },
    ] as [(inout FineTuningConfiguration) -> Void] {
      var other = settings
      change(&other)
      let refused = await #expect(throws: FileError.self) {
        try await trainer(other, "run", prior: 4..<6).run(.resume)
      }
      #expect(refused?.code == .malformed)
    }
  }
}
