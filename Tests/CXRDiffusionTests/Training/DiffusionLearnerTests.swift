// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import CXRTraining
import Testing

@testable import CXRDiffusion

@Suite("Diffusion learner", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionLearnerTests {
  private let golden: GoldenJSON

  init() throws { golden = try GoldenResult.networks()["train_step"] }

  /// A learner of the golden's model, whose first step has the golden's learning rate.
  private func learner(
    predicting prediction: PredictionType = .epsilon,
    _ change: (inout FineTuningConfiguration) -> Void = { _ in }
  ) throws -> DiffusionLearner {
    let model = try SmallModel.model()
    try model.unet.state.fillWithClosedForms()
    try model.textEncoder.state.fillWithClosedForms()
    var configuration = FineTuningConfiguration()
    configuration.warmupSteps = 0
    configuration.textEncoder = .frozen
    change(&configuration)
    return try DiffusionLearner(
      model,
      DiffusionObjective(
        .stableDiffusion, predicting: prediction, snrGamma: configuration.snrGamma),
      configuration, on: .cpu)
  }

  /// The golden's images, or one of them.
  private func batch(
    _ image: Range<Int> = 0..<2, isTokens: Bool = false
  ) throws(TensorError) -> NoisedBatch {
    let noise = try Tensor.closedForm([2, 4, 8, 8], a: 2.1, b: 0.4).slice(image)
    let tokens = try SmallNetworks.prompt().expanded([2, 77]).contiguous()
    return NoisedBatch(
      latents: try .closedForm([2, 4, 8, 8], a: 0.6).slice(image), noise: (noise, noise),
      timesteps: Array([30, 700][image]),
      prompts: isTokens
        ? .tokens(try tokens.slice(image))
        : .encoded(try SmallNetworks.context(batch: 2).slice(image)))
  }

  @Test("A step has diffusers' loss, gradients and weights, whole or in parts", arguments: [1, 2])
  func agreesWithDiffusers(_ partCount: Int) throws {
    for activations in [Activations.kept, .recomputed] {
      let learner = try learner { $0.activations = activations }
      let step = try learner.learn(inParts: partCount, imageCount: 2, step: 0) {
        part throws(TensorError) in
        try partCount == 1 ? batch() : batch(part..<part + 1)
      }
      let loss = step.lossSum / step.weight
      #expect(try loss.isClose(to: golden["loss_eps"].number, absolute: 1e-5))
      let norm = try #require(try step.gradientNorm?.item())
      #expect(try norm.isClose(to: golden["grad_norm"].number, relative: 1e-4))
      let weight = try #require(learner.model.unet.state["conv_in.weight"])
      #expect(
        try GoldenResult(golden["adamw_conv_in.weight_after"]).distance(from: weight) < 1e-5)
      let after = try learner.plainLoss(of: batch()).mean().item()
      #expect(try after.isClose(to: golden["loss_after_one_step"].number, absolute: 1e-4))
    }
  }

  @Test("Weighs timesteps as Min-SNR does, and validation does not")
  func weighsTimesteps() throws {
    let learner = try learner { $0.snrGamma = 5 }
    let expected = try golden["loss_min_snr5_eps"].number
    #expect(try learner.loss(of: batch()).mean().item().isClose(to: expected, absolute: 1e-5))
    let plain = try golden["loss_eps"].number
    #expect(try learner.plainLoss(of: batch()).mean().item().isClose(to: plain, absolute: 1e-5))
  }

  @Test("Predicts the velocity")
  func predictsVelocity() throws {
    let loss = try learner(predicting: .velocity).loss(of: batch()).mean().item()
    #expect(try loss.isClose(to: golden["loss_v_target"].number, absolute: 1e-5))
  }

  @Test("A text encoder learns together with the U-Net, or stays as it is")
  func learnsText() throws {
    for learning in FineTuningConfiguration.TextEncoderLearning.allCases {
      let learner = try learner { $0.textEncoder = learning }
      let before = try learner.model.textEncoder.state.copy()
      let autoencoder = try learner.model.autoencoder.state.copy()
      let unet = try learner.model.unet.state.copy()
      let step = try learner.learn(inParts: 1, imageCount: 2, step: 0) { _ throws(TensorError) in
        try batch(isTokens: true)
      }
      #expect(step.lossSum.isFinite)
      #expect(try learner.model.textEncoder.state.equals(before) == (learning == .frozen))
      #expect(try learner.model.autoencoder.state.equals(autoencoder))
      #expect(try !learner.model.unet.state.equals(unet))
    }
  }
}
