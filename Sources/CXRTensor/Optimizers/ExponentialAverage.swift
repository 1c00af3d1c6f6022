// SPDX-License-Identifier: Apache-2.0

/// A running average of a network's tensors, which often does better than the last ones.
///
///     let average = try ExponentialAverage(of: network.state)
///     try average.update()                       // after each step
///     try average.whileInUse { try validate() }  // with the average in the network
///
/// All tensors of floating-point type are averaged, running statistics too, since they belong to
/// the weights; others, such as counts, are copied.
public final class ExponentialAverage {
  /// How much stays at each update.
  public let decay: AverageDecay
  /// The average under the network's names, to be saved and exported.
  public let average: StateDictionary
  /// How many updates there were.
  public private(set) var updateCount = 0
  private let network: StateDictionary
  private var isInUse = false

  /// Makes an average that is a copy of the network's tensors.
  ///
  /// - Throws: ``TensorError`` with code `.outOfMemory`.
  public init(
    of network: StateDictionary, decay: AverageDecay = AverageDecay()
  ) throws(TensorError) {
    self.decay = decay
    self.network = network
    average = try network.copy()
  }

  /// Goes on after the tensors of ``average`` were taken over from a file.
  ///
  /// - Parameter updateCount: How many updates had made them.
  public func resume(afterUpdates updateCount: Int) { self.updateCount = updateCount }

  /// Goes on from another average, such as a saved one.
  ///
  /// - Parameters:
  ///   - average: Tensors under the network's names.
  ///   - updateCount: How many updates there were.
  /// - Throws: ``TensorError`` with code `.mismatch` if they are not the network's.
  public func restore(_ average: StateDictionary, updateCount: Int) throws(TensorError) {
    try self.average.assign(average)
    self.updateCount = updateCount
  }

  /// Moves the average towards the network's tensors.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if a tensor has changed its shape.
  /// - Precondition: The average is not in use.
  public func update() throws(TensorError) {
    precondition(!isInUse, "an average is updated while it is in the network")
    updateCount += 1
    let share = decay.share(at: updateCount)
    try withoutGradients { () throws(TensorError) in
      let pairs = zip(average.entries, network.entries)
      let averaged = pairs.filter { $0.0.tensor.scalarType.isFloatingPoint }
      if !averaged.isEmpty {
        try Operator.foreachLerp.run(
          .tensors(averaged.map(\.0.tensor)), .tensors(averaged.map(\.1.tensor)),
          .number(1 - share))
      }
      for (kept, current) in pairs where !kept.tensor.scalarType.isFloatingPoint {
        try kept.tensor.assign(current.tensor)
      }
    }
  }

  /// Runs a body while the network has the average in place of its own tensors, which come back
  /// whatever the body does.
  ///
  /// The elements change places, so that no more memory is needed than for the largest tensor.
  ///
  /// - Throws: What the body throws, and ``TensorError`` with code `.outOfMemory`.
  public func whileInUse<Result>(_ body: () async throws -> Result) async throws -> Result {
    precondition(!isInUse, "an average is put into the network twice")
    try exchange()
    isInUse = true
    do {
      let result = try await body()
      isInUse = false
      try exchange()
      return result
    } catch {
      isInUse = false
      try exchange()
      throw error
    }
  }

  private func exchange() throws(TensorError) {
    try withoutGradients { () throws(TensorError) in
      for (kept, current) in zip(average.entries, network.entries) {
        let elements = try kept.tensor.copy()
        try kept.tensor.assign(current.tensor)
        try current.tensor.assign(elements)
      }
    }
  }
}

extension ScalarType {
  /// Whether the type has fractions.
  var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }
}

extension Operator {
  fileprivate static let foreachLerp = Operator("aten::_foreach_lerp_", "Scalar")
}
