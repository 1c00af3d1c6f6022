// SPDX-License-Identifier: Apache-2.0

/// Where the parts of a network make their tensors, under a prefix of names.
///
///     struct Head {
///       let hidden, output: Linear
///       init(in scope: ParameterScope) throws(TensorError) {
///         hidden = try Linear(inputs: 1024, outputs: 512, in: scope["0"])
///         output = try Linear(inputs: 512, outputs: 2, in: scope["3"])
///       }
///     }
public struct ParameterScope {
  private let maker: Maker
  private let prefix: String

  /// Makes a part of the network under a further name.
  public subscript(name: String) -> ParameterScope {
    ParameterScope(maker: maker, prefix: "\(prefix)\(name).")
  }

  /// Makes a part of the network under a number, as the parts of a list are named.
  public subscript(index: Int) -> ParameterScope { self["\(index)"] }

  /// Makes a tensor that is learned.
  ///
  /// - Parameters:
  ///   - name: The last part of the name, such as `weight`.
  ///   - shape: The lengths of the axes.
  ///   - initialization: What the elements are before anything is learned.
  /// - Returns: The tensor.
  /// - Throws: ``TensorError`` if memory is short.
  public func parameter(
    _ name: String, _ shape: [Int], _ initialization: Initialization
  ) throws(TensorError) -> Tensor {
    var tensor = try initialization.tensor(shape, from: maker.generator)
      .converted(to: maker.type, on: maker.device)
    if shape.count == 4 { tensor = try tensor.contiguous(maker.order) }
    try tensor.setRequiresGradient(true)
    maker.state.append(.init(name: prefix + name, tensor: tensor, role: .parameter))
    return tensor
  }

  /// Makes the weight of a linear map under the name `weight`.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  func adaptableWeight(
    _ shape: [Int], _ initialization: Initialization
  ) throws(TensorError) -> AdaptableWeight {
    let weight = AdaptableWeight(
      name: String(prefix.dropLast()), tensor: try parameter("weight", shape, initialization))
    maker.adaptable.append(weight)
    return weight
  }

  /// Makes a tensor that is kept, not learned.
  ///
  /// Unless a type is given, it is float32 even in a network of fewer bits, and float64 in one of
  /// float64.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public func buffer(
    _ name: String, _ shape: [Int], filledWith value: Double, as type: ScalarType? = nil
  ) throws(TensorError) -> Tensor {
    let tensor = try Tensor.full(
      value, shape: shape, as: type ?? maker.type.ofSums, on: maker.device)
    maker.state.append(.init(name: prefix + name, tensor: tensor, role: .buffer))
    return tensor
  }

  /// The ranks that learn the network together.
  var ranks: RankGroup { maker.ranks }

  /// Makes a whole network and gives it with its tensors, and with the weights of its linear maps.
  static func collecting<Module>(
    seed: UInt64, on device: Device, as type: ScalarType, order: MemoryOrder, ranks: RankGroup,
    _ body: (ParameterScope) throws(TensorError) -> Module
  ) throws(TensorError) -> (Module, StateDictionary, [AdaptableWeight]) {
    let maker = Maker(
      generator: try Generator(seed: seed), device: device, type: type, order: order, ranks: ranks)
    let module = try body(ParameterScope(maker: maker, prefix: ""))
    return (module, maker.state, maker.adaptable)
  }

  /// What all parts of one network share while it is made.
  private final class Maker {
    let generator: Generator
    let device: Device
    let type: ScalarType
    let order: MemoryOrder
    let ranks: RankGroup
    var state = StateDictionary()
    var adaptable: [AdaptableWeight] = []

    init(
      generator: Generator, device: Device, type: ScalarType, order: MemoryOrder, ranks: RankGroup
    ) {
      self.generator = generator
      self.device = device
      self.type = type
      self.order = order
      self.ranks = ranks
    }
  }
}
