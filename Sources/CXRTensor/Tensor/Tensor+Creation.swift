// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// Creates a tensor whose elements are all the same.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch or the device,
  ///   `.outOfMemory`.
  public static func full(
    _ value: Double, shape: [Int], as type: ScalarType = .float32, on device: Device = .cpu
  ) throws(TensorError) -> Tensor {
    try Operator.full(
      .integers(shape), .number(value), .scalarType(type), .none, .device(device))
  }

  /// Creates a tensor of zeros.
  ///
  /// - Throws: As ``full(_:shape:as:on:)``.
  public static func zeros(
    _ shape: [Int], as type: ScalarType = .float32, on device: Device = .cpu
  ) throws(TensorError) -> Tensor {
    try full(0, shape: shape, as: type, on: device)
  }

  /// Creates a tensor of ones.
  ///
  /// - Throws: As ``full(_:shape:as:on:)``.
  public static func ones(
    _ shape: [Int], as type: ScalarType = .float32, on device: Device = .cpu
  ) throws(TensorError) -> Tensor {
    try full(1, shape: shape, as: type, on: device)
  }

  /// Creates a tensor of the numbers 0, 1, … below a count.
  ///
  /// - Throws: As ``full(_:shape:as:on:)``.
  public static func counting(
    to count: Int, as type: ScalarType = .float32, on device: Device = .cpu
  ) throws(TensorError) -> Tensor {
    try Operator.arange(.integer(count), .scalarType(type), .none, .device(device))
  }

  /// Creates a tensor of zeros with the shape, type, device and memory order of another.
  ///
  /// - Throws: As ``full(_:shape:as:on:)``.
  public static func zeros(like tensor: Tensor) throws(TensorError) -> Tensor {
    try Operator.zerosLike(.tensor(tensor))
  }

  /// Draws from the standard normal distribution.
  ///
  /// - Parameters:
  ///   - shape: The lengths of the axes.
  ///   - type: A floating-point type.
  ///   - generator: A generator of the device; `nil` for the one that operators share.
  ///   - device: Where the tensor lies.
  /// - Returns: The tensor.
  /// - Throws: As ``full(_:shape:as:on:)``.
  public static func normal(
    _ shape: [Int], as type: ScalarType = .float32, from generator: Generator? = nil,
    on device: Device = .cpu
  ) throws(TensorError) -> Tensor {
    try Operator.normal(
      .integers(shape), .optional(generator), .scalarType(type), .none, .device(device))
  }

  /// Draws from the uniform distribution over [0, 1).
  ///
  /// - Throws: As ``full(_:shape:as:on:)``.
  public static func uniform(
    _ shape: [Int], as type: ScalarType = .float32, from generator: Generator? = nil,
    on device: Device = .cpu
  ) throws(TensorError) -> Tensor {
    try Operator.uniform(
      .integers(shape), .optional(generator), .scalarType(type), .none, .device(device))
  }

  /// Joins tensors along an axis that they have.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the other axes differ.
  public static func joined(_ tensors: [Tensor], along axis: Int) throws(TensorError) -> Tensor {
    try Operator.cat(.tensors(tensors), .integer(axis))
  }

  /// Stacks tensors of one shape along a new axis.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the shapes differ.
  public static func stacked(_ tensors: [Tensor], along axis: Int = 0) throws(TensorError) -> Tensor
  {
    try Operator.stack(.tensors(tensors), .integer(axis))
  }
}

extension Operator {
  fileprivate static let full = Operator("aten::full")
  fileprivate static let arange = Operator("aten::arange")
  fileprivate static let zerosLike = Operator("aten::zeros_like")
  fileprivate static let normal = Operator("aten::randn", "generator")
  fileprivate static let uniform = Operator("aten::rand", "generator")
  fileprivate static let cat = Operator("aten::cat")
  fileprivate static let stack = Operator("aten::stack")
}
