// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRTensor

/// A classifier with what learning needs: it makes steps, and is kept in a checkpoint.
final class Learner {
  let classifier: Classifier
  private let configuration: TrainingConfiguration
  private let device: Device
  private let optimizer: Optimizer
  private let scaler: GradientScaler?
  private let average: ExponentialAverage?
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
    optimizer = try Optimizer(configuration.method, of: classifier.state.parameters)
    scaler = configuration.precision == .float16 ? try GradientScaler(on: device) : nil
    average =
      if let decay = configuration.average {
        try ExponentialAverage(of: classifier.state, decay: decay)
      } else { nil }
    self.positiveWeights =
      if let positiveWeights {
        try Tensor(positiveWeights, shape: [positiveWeights.count]).converted(on: device)
      } else { nil }
  }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - batch: The images of the step with their labels, those of this rank.
  ///   - partCount: The parts, one after the other, in which the network is given them; as many on
  ///     all ranks.
  ///   - learningRate: The length of the step.
  ///   - step: The number of the step in the run, which decides over dropout.
  /// - Returns: The sum of the losses over the known labels of all ranks, before the step, and their
  ///   number.
  /// - Throws: `TensorError` with code `.nonFinite` if the loss is not a number.
  func learn(
    from batch: ImageBatch, inParts partCount: Int, learningRate: Double, step: Int
  ) throws(TensorError) -> (lossSum: Double, weight: Double) {
    // Dropout is a function of seed, step and rank, so that a checkpoint needs no generator's state.
    let generator = try Generator(
      seed: RandomStream(seed: configuration.seed, purpose: "train.dropout", index: step)
        .word(at: ranks.rank), on: device)
    let weight = try ranks.sum([batch.mask.reduce(into: 0) { $0 += Double($1) }])[0]
    var sums: [Tensor] = []
    for part in batch.parts(partCount) {
      let loss = try loss(of: logits(of: part, .training, dropout: generator), part)
      // Each label counts the same, in whichever part and rank it is.
      let share = try loss.divided(by: weight)
      try (scaler?.scaled(share) ?? share).backward()
      sums.append(loss.sum)
    }
    try optimizer.sumGradients(over: ranks)
    let overflow = try scaler?.unscaleGradients(of: optimizer)
    if let largest = configuration.largestGradientNorm {
      _ = try optimizer.clipGradients(toNorm: largest)
    }
    try optimizer.step(learningRate: learningRate, unless: overflow)
    try scaler?.update()
    try optimizer.clearGradients()
    try average?.update()
    // Asked for when all work was given, because a device is waited for.
    var sum = 0.0
    for part in sums { sum += try part.item() }
    sum = try ranks.sum([sum])[0]
    guard sum.isFinite else {
      throw TensorError(
        .nonFinite,
        "the loss of step \(step) is not a number; \(Self.remedy)")
    }
    return (sum, weight)
  }

  /// Runs a body with the weights in the network that are validated and kept: the running average,
  /// if there is one.
  func withWeightsToKeep<Result>(_ body: () async throws -> Result) async throws -> Result {
    guard let average else { return try await body() }
    return try await average.whileInUse(body)
  }

  /// The loss of a batch.
  func loss(of logits: Tensor, _ batch: ImageBatch) throws(TensorError) -> WeightedLoss {
    try binaryCrossEntropy(
      logits: logits,
      targets: Tensor(batch.targets, shape: batch.targetShape).converted(on: device),
      mask: Tensor(batch.mask, shape: batch.targetShape).converted(on: device),
      positiveWeights: positiveWeights)
  }

  /// The logits of a batch, shape `[n, findings]`.
  func logits(
    of batch: ImageBatch, _ phase: Phase, dropout generator: Generator? = nil
  ) throws(TensorError) -> Tensor {
    let pictures = try Tensor(batch.pixels, shape: batch.pixelShape).converted(on: device)
      .contiguous(configuration.memoryOrder)
    let type: ScalarType? =
      switch configuration.precision {
      case .float32: nil
      case .bfloat16: .bfloat16
      case .float16: .float16
      }
    func logits() throws(TensorError) -> Tensor {
      try classifier.logits(pictures, phase, configuration.activations, dropout: generator)
    }
    guard let type else { return try logits() }
    return try withAutocast(to: type, on: device, logits)
  }

  /// Refuses weights from which no run could go on.
  ///
  /// - Throws: `TensorError` with code `.nonFinite`.
  func requireFiniteWeights() throws(TensorError) {
    for entry in classifier.state.parameters where try !entry.tensor.isFinite() {
      throw TensorError(
        .nonFinite, "the weights \(entry.name) are no numbers any more; \(Self.remedy)")
    }
  }

  /// Refuses to go on with weights that differ from rank to rank, which no step should bring about.
  ///
  /// - Throws: `TensorError` with code `.mismatch`.
  func requireSameWeightsOnAllRanks() throws(TensorError) {
    guard ranks.isShared else { return }
    var sums: [Double] = []
    for entry in classifier.state.parameters { sums.append(try entry.tensor.bitSum()) }
    let own = sums.flatMap { sum in
      (0..<8).map { UInt8(truncatingIfNeeded: sum.bitPattern >> ($0 * 8)) }
    }
    guard try ranks.ofFirst(own) == own else {
      throw TensorError(
        .mismatch,
        "rank \(ranks.rank) has other weights than rank 0; use machines and a libtorch of one kind")
    }
  }

  private static let remedy =
    "lower the learning rate, limit the gradients' norm, or compute in float32 or bfloat16"

  /// The tensors that go on in a checkpoint, by file.
  func states() -> [(file: String, state: StateDictionary)] {
    var states = [("model", classifier.state), ("optimizer", optimizer.state)]
    if let scaler { states.append(("scaler", scaler.state)) }
    if let average { states.append(("average", average.average)) }
    return states
  }

  /// Goes on after the tensors of a checkpoint were taken over.
  func resume(afterSteps stageSteps: Int) { average?.resume(afterUpdates: stageSteps) }
}
