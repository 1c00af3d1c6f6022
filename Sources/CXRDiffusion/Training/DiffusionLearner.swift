// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor
internal import CXRTraining

/// A diffusion model with what learning needs.
final class DiffusionLearner {
  let model: DiffusionModel
  let objective: DiffusionObjective
  /// What moves the weights of the U-Net, and of a text encoder that learns; kept in a checkpoint.
  let optimization: Optimization
  private let configuration: FineTuningConfiguration
  private let device: Device

  /// Makes a learner at the beginning of a run.
  ///
  /// - Parameters:
  ///   - model: The model; weights of the networks that learn are moved, the others do not record
  ///     gradients any more.
  ///   - objective: What is learned.
  ///   - configuration: How it is learned.
  ///   - device: Where the model lies.
  ///   - ranks: The ranks that learn together.
  /// - Throws: `TensorError` if memory is short.
  init(
    _ model: DiffusionModel, _ objective: DiffusionObjective,
    _ configuration: FineTuningConfiguration, on device: Device, ranks: RankGroup = .alone
  ) throws(TensorError) {
    self.model = model
    self.objective = objective
    self.configuration = configuration
    self.device = device
    var learned = StateDictionary()
    learned.append(contentsOf: model.unet.state, under: UNet.files.folder)
    try model.autoencoder.state.freeze()
    switch configuration.textEncoder {
    case .learning:
      learned.append(contentsOf: model.textEncoder.state, under: TextEncoder.files.folder)
    case .frozen: try model.textEncoder.state.freeze()
    }
    optimization = try Optimization(
      Optimization.Settings(
        .adam(configuration.adam), largestGradientNorm: configuration.largestGradientNorm,
        average: configuration.average, precision: configuration.precision),
      of: learned, on: device, ranks: ranks)
  }

  /// The loss of a batch.
  ///
  /// - Throws: `TensorError` if shapes do not fit or memory is short.
  func loss(of batch: NoisedBatch) throws(TensorError) -> WeightedLoss {
    try loss(of: batch, objective)
  }

  /// The loss of a batch with equal weights for all timesteps, and nothing recorded.
  ///
  /// - Throws: `TensorError` if shapes do not fit or memory is short.
  func plainLoss(of batch: NoisedBatch) throws(TensorError) -> WeightedLoss {
    let plain = DiffusionObjective(objective.schedule, predicting: objective.prediction)
    return try withoutGradients { () throws(TensorError) in try loss(of: batch, plain) }
  }

  private func loss(
    of batch: NoisedBatch, _ objective: DiffusionObjective
  ) throws(TensorError) -> WeightedLoss {
    let timesteps = batch.timesteps
    let noised = try objective.schedule.noised(
      batch.latents, with: batch.noise.mixed, at: timesteps)
    let numbers = try Tensor(timesteps, shape: [timesteps.count]).converted(on: device)
    let output = try optimization.narrowed { () throws(TensorError) in
      let context =
        switch batch.prompts {
        case .encoded(let context): context
        case .tokens(let tokens):
          try model.textEncoder.module(tokens, activations: configuration.activations)
        }
      return try model.unet.module(
        noised, at: numbers, context: context, activations: configuration.activations)
    }
    return try objective.loss(
      of: output, latents: batch.latents, noise: batch.noise.target, at: timesteps)
  }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - partCount: The parts whose gradients make the step; as many on all ranks.
  ///   - imageCount: The images of all parts of this rank.
  ///   - number: The number of the step in the run, from 0.
  ///   - part: A part, from 0; `nil` if it has no images.
  /// - Returns: What the step came to.
  /// - Throws: `TensorError` with code `.nonFinite` if the loss is not a number.
  func learn(
    inParts partCount: Int, imageCount: Int, step number: Int,
    _ part: (Int) throws(TensorError) -> NoisedBatch?
  ) throws(TensorError) -> Optimization.Step {
    try optimization.step(
      inParts: partCount, weight: Double(imageCount),
      learningRate: configuration.learningRates.rate(at: number), number: number
    ) { index throws(TensorError) in
      guard let batch = try part(index) else { return nil }
      return try loss(of: batch)
    }
  }
}

extension StateDictionary {
  /// Takes the tensors of another dictionary in, under a prefix.
  fileprivate mutating func append(contentsOf other: StateDictionary, under prefix: String) {
    for entry in other.entries {
      append(.init(name: "\(prefix).\(entry.name)", tensor: entry.tensor, role: entry.role))
    }
  }

  /// Ends the recording of gradients.
  fileprivate func freeze() throws(TensorError) {
    for entry in parameters { try entry.tensor.setRequiresGradient(false) }
  }
}
