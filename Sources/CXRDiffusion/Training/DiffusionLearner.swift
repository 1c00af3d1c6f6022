// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor
internal import CXRTraining

/// A diffusion model with what learning needs.
final class DiffusionLearner {
  let model: DiffusionModel
  let objective: DiffusionObjective
  /// What moves the weights of the U-Net, and of a text encoder that learns, or the adapters in their
  /// place; kept in a checkpoint.
  let optimization: Optimization
  /// What learns in the place of the model's weights, if not these.
  private let adapter: LowRankAdapter?
  private let configuration: FineTuningConfiguration
  private let device: Device

  /// Makes a learner at the beginning of a run.
  ///
  /// - Parameters:
  ///   - model: The model; weights that learn are moved, the others do not record gradients any more.
  ///   - objective: What is learned.
  ///   - configuration: How it is learned.
  ///   - device: Where the model lies.
  ///   - ranks: The ranks that learn together.
  /// - Throws: `TensorError` with code `.refused` for adapters of maps that the model has not; if
  ///   memory is short.
  init(
    _ model: DiffusionModel, _ objective: DiffusionObjective,
    _ configuration: FineTuningConfiguration, on device: Device, ranks: RankGroup = .alone
  ) throws(TensorError) {
    self.model = model
    self.objective = objective
    self.configuration = configuration
    self.device = device
    var learned = StateDictionary()
    var networks = [(UNet.files, model.unet.state)]
    switch configuration.textEncoder {
    case .learning: networks.append((TextEncoder.files, model.textEncoder.state))
    case .frozen: try model.textEncoder.state.freeze()
    }
    try model.autoencoder.state.freeze()
    if let settings = configuration.adapter {
      for (_, state) in networks { try state.freeze() }
      let adapter = try LowRankAdapter(
        settings, of: model, text: configuration.textEncoder, seed: configuration.seed)
      adapter.attach()
      learned = adapter.state
      self.adapter = adapter
    } else {
      for (files, state) in networks { learned.append(contentsOf: state, under: files.folder) }
      adapter = nil
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
    guard let priorWeight = batch.priorWeight else {
      return try objective.loss(
        of: output, latents: batch.latents, noise: batch.noise.target, at: timesteps)
    }
    let count = timesteps.count / 2
    // A sum over the images to be learned, so that parts and ranks add up to the means of a step.
    return try objective.loss(
      of: output, latents: batch.latents, noise: batch.noise.target, at: timesteps,
      classCount: count, priorWeight: priorWeight
    ).scaled(by: Double(count))
  }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - partCount: The parts whose gradients make the step; as many on all ranks.
  ///   - imageCount: The images to be learned of all parts of this rank.
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

extension DiffusionLearner {
  /// Writes what is learned into a folder: the whole model, or the adapter; whole or not at all.
  ///
  /// - Throws: `FileError` with code `.unwritable`; `TensorError` if the device's work failed.
  func write(to folder: String) throws {
    guard let adapter else { return try model.write(to: folder) }
    try AtomicFolder.write(to: folder) { try adapter.write(to: "\($0)/\(AdapterFile.name)") }
  }

  /// Writes the whole model, the weights of which an adapter is put into for good.
  ///
  /// - Throws: `FileError` with code `.unwritable`; `TensorError` if the device's work failed.
  func writeWholeModel(to folder: String) throws {
    try adapter?.merge()
    try model.write(to: folder)
  }
}

extension WeightedLoss {
  /// The loss of as many examples more, of the same mean.
  fileprivate func scaled(by factor: Double) throws(TensorError) -> WeightedLoss {
    WeightedLoss(sum: try sum * factor, weight: try weight * factor)
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
