// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRTensor
internal import CXRTraining

/// A classifier with what learning needs.
final class Learner {
  let classifier: Classifier
  /// What moves its weights, and is kept in a checkpoint.
  let optimization: Optimization
  private let configuration: TrainingConfiguration
  private let device: Device
  private let positiveWeights: Tensor?
  private let ranks: RankGroup

  /// Makes a learner at the beginning of a stage.
  ///
  /// - Parameters:
  ///   - classifier: The classifier; its weights are moved.
  ///   - configuration: How it learns.
  ///   - positiveWeights: What the losses of positive labels are multiplied by, one for each finding.
  ///   - device: Where it computes.
  ///   - ranks: The ranks that learn together; the classifier was made for them.
  /// - Throws: `TensorError` if memory is short.
  init(
    _ classifier: Classifier, _ configuration: TrainingConfiguration, positiveWeights: [Float]?,
    on device: Device, ranks: RankGroup = .alone
  ) throws(TensorError) {
    self.ranks = ranks
    self.classifier = classifier
    self.configuration = configuration
    self.device = device
    optimization = try Optimization(
      Optimization.Settings(
        configuration.method, largestGradientNorm: configuration.largestGradientNorm,
        average: configuration.average, precision: configuration.precision),
      of: classifier.state, on: device, ranks: ranks)
    self.positiveWeights =
      if let positiveWeights {
        try Tensor(positiveWeights, shape: [positiveWeights.count]).converted(on: device)
      } else { nil }
  }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - batch: The images of the step with their labels, those of this rank.
  ///   - ranges: The images of each part in which the network is given them, one after the other; as
  ///     many parts on all ranks.
  ///   - learningRate: The length of the step.
  ///   - step: The number of the step in the run, which decides over dropout.
  /// - Returns: The sum of the losses over the known labels of all ranks, before the step, and their
  ///   number.
  /// - Throws: `TensorError` with code `.nonFinite` if the loss is not a number.
  func learn(
    from batch: ImageBatch, inParts ranges: [Range<Int>], learningRate: Double, step: Int
  ) throws(TensorError) -> (lossSum: Double, weight: Double) {
    // Dropout is a function of seed, step and rank, so that a checkpoint needs no generator's state.
    let generator = try Generator(
      seed: RandomStream(seed: configuration.seed, purpose: "train.dropout", index: step)
        .word(at: ranks.rank), on: device)
    let parts = batch.parts(ranges)
    let made = try optimization.step(
      inParts: parts.count, weight: batch.mask.reduce(into: 0) { $0 += Double($1) },
      learningRate: learningRate, number: step
    ) { part throws(TensorError) in
      try loss(of: logits(of: parts[part], .training, dropout: generator), parts[part])
    }
    return (made.lossSum, made.weight)
  }

  /// The loss of a batch.
  func loss(of logits: Tensor, _ batch: ImageBatch) throws(TensorError) -> WeightedLoss {
    try binaryCrossEntropy(
      logits: logits,
      targets: Tensor(batch.targets, shape: batch.targetShape).converted(on: device),
      mask: Tensor(batch.mask, shape: batch.targetShape).converted(on: device),
      positiveWeights: positiveWeights)
  }

  /// The logits of a batch, shape `[n, labels]`.
  func logits(
    of batch: ImageBatch, _ phase: Phase, dropout generator: Generator? = nil
  ) throws(TensorError) -> Tensor {
    let pictures = try Tensor(batch.pixels, shape: batch.pixelShape).converted(on: device)
      .contiguous(configuration.memoryOrder)
    return try optimization.narrowed { () throws(TensorError) in
      try classifier.logits(pictures, phase, configuration.activations, dropout: generator)
    }
  }
}
