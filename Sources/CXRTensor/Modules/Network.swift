// SPDX-License-Identifier: Apache-2.0

/// A network with its named tensors.
///
///     let network = try Network(seed: 7) { scope throws(TensorError) in
///       try Linear(inputs: 3, outputs: 1, in: scope)
///     }
///     network.state.names  // ["weight", "bias"]
public struct Network<Module> {
  /// The network's computation.
  public let module: Module
  /// The tensors that it uses.
  public let state: StateDictionary
  /// The weights of its linear maps, in the order in which they were made.
  public let adaptable: [AdaptableWeight]

  /// Makes a network.
  ///
  /// - Parameters:
  ///   - seed: The seed of the initial numbers; the same on every device.
  ///   - device: Where the tensors lie.
  ///   - type: The type of learned tensors; buffers have their own.
  ///   - order: The order of the elements of learned tensors with four axes.
  ///   - ranks: The ranks that learn the network together: a ``BatchNorm`` normalises by the
  ///     pictures of all of them.
  ///   - body: Makes the parts in the scope that it is given.
  /// - Throws: ``TensorError`` without libtorch or the device, or if memory is short.
  public init(
    seed: UInt64, on device: Device = .cpu, as type: ScalarType = .float32,
    order: MemoryOrder = .contiguous, ranks: RankGroup = .alone,
    _ body: (ParameterScope) throws(TensorError) -> Module
  ) throws(TensorError) {
    (module, state, adaptable) = try ParameterScope.collecting(
      seed: seed, on: device, as: type, order: order, ranks: ranks, body)
  }
}
