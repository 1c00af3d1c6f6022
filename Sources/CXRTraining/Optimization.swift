// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// What makes steps of losses, the same for every network: it works out gradients in parts, sums
/// them over ranks, limits them, moves the weights and their running average.
///
///     let optimization = try Optimization(settings, of: network.state, on: device)
///     let step = try optimization.step(inParts: 2, weight: 8, learningRate: 1e-4, number: 0) {
///       part throws(TensorError) in
///       try optimization.narrowed { () throws(TensorError) in try loss(part) }
///     }
///     step.lossSum / step.weight
public final class Optimization {
  /// How losses become steps.
  public struct Settings: Hashable, Sendable {
    /// How gradients become steps.
    public var method: OptimizationMethod
    /// The largest norm of all gradients together; `nil` for no limit.
    public var largestGradientNorm: Double?
    /// A running average of the weights that is validated and kept in place of them, if any.
    public var average: AverageDecay?
    /// The type that products and convolutions are computed in.
    public var precision: Precision

    /// Puts settings together.
    public init(
      _ method: OptimizationMethod, largestGradientNorm: Double? = nil,
      average: AverageDecay? = nil, precision: Precision = .float32
    ) {
      self.method = method
      self.largestGradientNorm = largestGradientNorm
      self.average = average
      self.precision = precision
    }
  }

  /// What a step came to.
  public struct Step {
    /// The sum of the losses of all parts and ranks, before the step.
    public let lossSum: Double
    /// The weight of all parts and ranks.
    public let weight: Double
    /// The norm of the gradients before they were limited, float32, without axes; `nil` if they are
    /// not.
    public let gradientNorm: Tensor?
  }

  /// The weights that are learned, with what belongs to them.
  public let network: StateDictionary
  private let settings: Settings
  private let device: Device
  private let optimizer: Optimizer
  private let scaler: GradientScaler?
  private let average: ExponentialAverage?
  private let ranks: RankGroup

  /// Makes an optimization that has made no step.
  ///
  /// - Parameters:
  ///   - settings: How losses become steps.
  ///   - network: What is learned; of several networks their tensors under different names.
  ///   - device: Where the network lies.
  ///   - ranks: The ranks that learn together.
  /// - Throws: `TensorError` if memory is short.
  public init(
    _ settings: Settings, of network: StateDictionary, on device: Device, ranks: RankGroup = .alone
  ) throws(TensorError) {
    self.network = network
    self.settings = settings
    self.device = device
    self.ranks = ranks
    optimizer = try Optimizer(settings.method, of: network.parameters)
    scaler = settings.precision == .float16 ? try GradientScaler(on: device) : nil
    average =
      if let decay = settings.average {
        try ExponentialAverage(of: network, decay: decay)
      } else { nil }
  }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - partCount: The parts whose gradients make the step; as many on all ranks.
  ///   - weight: What all parts of this rank weigh together.
  ///   - learningRate: The length of the step.
  ///   - number: The number of the step, for errors.
  ///   - loss: The loss of a part, from 0; `nil` for a part without anything.
  /// - Returns: What the step came to.
  /// - Throws: `TensorError` with code `.nonFinite` if the loss is not a number; what `loss` throws.
  public func step(
    inParts partCount: Int, weight: Double, learningRate: Double, number: Int,
    loss: (Int) throws(TensorError) -> WeightedLoss?
  ) throws(TensorError) -> Step {
    let weight = try ranks.sum([weight])[0]
    var sums: [Tensor] = []
    for part in 0..<partCount {
      guard let loss = try loss(part) else { continue }
      // Each weight counts the same, in whichever part and rank it is.
      let share = try loss.divided(by: weight)
      try (scaler?.scaled(share) ?? share).backward()
      sums.append(loss.sum)
    }
    try optimizer.sumGradients(over: ranks)
    let overflow = try scaler?.unscaleGradients(of: optimizer)
    let norm = try settings.largestGradientNorm.map { largest throws(TensorError) in
      try optimizer.clipGradients(toNorm: largest)
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
        .nonFinite, "the loss of step \(number) is not a number; \(Self.remedy)")
    }
    return Step(lossSum: sum, weight: weight, gradientNorm: norm)
  }

  /// Runs a body whose products and convolutions are computed in the type of the settings.
  ///
  /// - Throws: What the body throws.
  public func narrowed<Result>(
    _ body: () throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    guard let type = settings.precision.narrowType else { return try body() }
    return try withAutocast(to: type, on: device, body)
  }

  /// Runs a body with the weights in the network that are validated and kept: the running average,
  /// if there is one.
  ///
  /// - Throws: What the body throws.
  public func withWeightsToKeep<Result>(_ body: () async throws -> Result) async throws -> Result {
    guard let average else { return try await body() }
    return try await average.whileInUse(body)
  }

  /// Goes on after the tensors of ``states()`` were taken over, by all ranks.
  ///
  /// - Throws: `TensorError` if the ranks cannot be reached.
  func resume(afterSteps stepCount: Int) throws(TensorError) {
    average?.resume(afterUpdates: stepCount)
    // Rank 0 may write the next checkpoint in the place of this one at once.
    try ranks.wait()
  }

  /// The tensors that go on in a checkpoint, by file.
  func states() -> [(file: String, state: StateDictionary)] {
    var states = [("model", network), ("optimizer", optimizer.state)]
    if let scaler { states.append(("scaler", scaler.state)) }
    if let average { states.append(("average", average.average)) }
    return states
  }
}

extension Optimization {
  static let remedy =
    "lower the learning rate, limit the gradients' norm, or compute in float32 or bfloat16"

  /// Refuses weights from which no run could go on.
  ///
  /// - Throws: `TensorError` with code `.nonFinite`.
  public func requireFiniteWeights() throws(TensorError) {
    for entry in network.parameters where try !entry.tensor.isFinite() {
      throw TensorError(
        .nonFinite, "the weights \(entry.name) are no numbers any more; \(Self.remedy)")
    }
  }

  /// Refuses to go on with weights that differ from rank to rank, which no step should bring about.
  ///
  /// - Throws: `TensorError` with code `.mismatch`.
  /// - Complexity: O(bytes of the weights).
  public func requireSameWeightsOnAllRanks() throws(TensorError) {
    guard ranks.isShared else { return }
    let own = Array(try network.digest().utf8)
    guard try ranks.ofFirst(own) == own else {
      throw TensorError(
        .mismatch,
        "rank \(ranks.rank) has other weights than rank 0; use machines and a libtorch of one kind")
    }
  }
}
