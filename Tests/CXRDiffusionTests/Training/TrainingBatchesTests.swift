// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import CXRTraining
import Testing

@testable import CXRDiffusion

@Suite("Training batches", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct TrainingBatchesTests {
  private let model: DiffusionModel
  private let folder: TemporaryFolder
  private var configuration = FineTuningConfiguration()

  init() throws {
    folder = try TemporaryFolder()
    model = try SmallModel.model()
    try model.unet.state.fillWithClosedForms()
    configuration.textEncoder = .frozen
    configuration.priorLossWeight = 0.5
    configuration.warmupSteps = 0
  }

  private func images(
    _ indices: Range<Int>, _ purpose: NoisedBatches.Purpose
  ) throws -> NoisedBatches {
    let images = try DrawnPixels.list(indices)
    return NoisedBatches(
      seed: 3, for: purpose,
      try LatentPictures(
        images, model.autoencoder, on: .cpu, keptIn: folder.path("latents")),
      scalingFactor: 0.2, tokens: try images.prompts.map(DrawnPixels.tokens),
      emptyPrompt: try DrawnPixels.tokens(""),
      encoded: EncodedPrompts(model.textEncoder.module, on: .cpu), on: .cpu)
  }

  /// Three images to be learned beside five of their class.
  private func batches() throws -> TrainingBatches {
    TrainingBatches(
      of: try images(0..<3, .learning), prior: try images(4..<9, .prior), configuration,
      timestepCount: 1000)
  }

  private func learner(
    of model: DiffusionModel? = nil, _ change: (inout FineTuningConfiguration) -> Void = { _ in }
  ) throws -> DiffusionLearner {
    var configuration = configuration
    change(&configuration)
    return try DiffusionLearner(
      model ?? self.model,
      DiffusionObjective(
        .stableDiffusion, predicting: .epsilon, snrGamma: configuration.snrGamma), configuration,
      on: .cpu)
  }

  @Test("An epoch is as long as the longer list, and the shorter one begins again")
  func wrapsAround() throws {
    let batches = try batches()
    #expect(batches.count == 5)
    let alone = TrainingBatches(
      of: try images(0..<3, .learning), prior: nil, configuration, timestepCount: 1000)
    #expect(alone.count == 3)
    let batch = try batches.batch([1, 4], step: 0)
    #expect(batch.timesteps.count == 4 && batch.latents.shape[0] == 4 && batch.priorWeight == 0.5)
    // Position 4 is image 1 again, with a timestep and noise of its own.
    #expect(Set(batch.timesteps).count == 4)
    let noise = batch.noise.target
    #expect(try noise.selected(0).largestDifference(from: noise.selected(1)) > 0.1)
    guard case .encoded(let prompts) = batch.prompts else { return #expect(Bool(false)) }
    #expect(try prompts.selected(0).largestDifference(from: prompts.selected(1)) == 0)
    #expect(try prompts.selected(2).largestDifference(from: prompts.selected(3)) > 1e-3)
    // What images to be learned get does not depend on those of a class.
    let plain = try alone.batch([1], step: 0)
    #expect(plain.timesteps[0] == batch.timesteps[0] && plain.priorWeight == nil)
    #expect(try plain.noise.target.largestDifference(from: noise.slice(0..<1)) == 0)
  }

  @Test("The loss is that of the images plus the weight times that of their class")
  func countsThePrior() throws {
    let positions = [0, 2, 3]
    let joined = try batches().batch(positions, step: 1)
    let own = try images(0..<3, .learning).batch(
      positions, step: 1, timestepCount: 1000, noise: TrainingNoise(), dropout: 0)
    let prior = try images(4..<9, .prior).batch(
      positions, step: 1, timestepCount: 1000, noise: TrainingNoise(), dropout: 0)
    for gamma in [nil, 5.0] {
      let learner = try learner { $0.snrGamma = gamma }
      let (first, second) = (
        try learner.loss(of: own).mean().item(), try learner.loss(of: prior).mean().item()
      )
      let loss = try learner.loss(of: joined)
      #expect(try loss.mean().item().isClose(to: first + 0.5 * second, absolute: 1e-5))
      #expect(try loss.weight.item() == 3)
      #expect(abs(first - second) > 1e-3, "the halves must be told apart")
    }
  }

  @Test("A step in parts is that of the whole")
  func learnsInParts() throws {
    // Networks of closed forms have gradients in the hundreds and magnify the rounding of batches.
    let model = try SmallModel.model()
    var sums: [Double] = []
    var norms: [Double] = []
    for parts in [1, 2, 4] {
      let batches = try batches()
      let learner = try learner(of: model) { $0.learningRate = 1e-30 }
      let step = try learner.learn(inParts: parts, imageCount: 4, step: 0) {
        part throws(TensorError) in
        let own = [0, 1, 2, 4][4 * part / parts..<4 * (part + 1) / parts]
        return try batches.batch(Array(own), step: 0)
      }
      sums.append(step.lossSum / step.weight)
      norms.append(try #require(try step.gradientNorm?.item()))
    }
    for index in 1..<3 {
      #expect(sums[index].isClose(to: sums[0], absolute: 1e-5))
      #expect(norms[index].isClose(to: norms[0], relative: 1e-4))
    }
  }
}
