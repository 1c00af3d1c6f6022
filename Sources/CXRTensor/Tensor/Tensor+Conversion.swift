// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// The tensor with another element type or on another device; itself if it has both.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without the device, `.outOfMemory`.
  public func converted(
    to type: ScalarType? = nil, on device: Device? = nil
  ) throws(TensorError) -> Tensor {
    try Operator.to(
      .tensor(self), .scalarType(type ?? scalarType), .none, .device(device ?? self.device))
  }

  /// The tensor in a memory order; itself if it has it.
  ///
  /// - Throws: ``TensorError`` with code `.outOfMemory`, `.refused` if channels cannot be last.
  public func contiguous(_ order: MemoryOrder = .contiguous) throws(TensorError) -> Tensor {
    try Operator.contiguous(.tensor(self), .integer(order.torchNumber))
  }

  /// A copy with elements of its own.
  ///
  /// - Throws: ``TensorError`` with code `.outOfMemory`.
  public func copy() throws(TensorError) -> Tensor { try Operator.clone(.tensor(self)) }

  /// Takes over the elements of another tensor, converted.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the shapes do not fit.
  public func assign(_ source: Tensor) throws(TensorError) {
    try Operator.copy(.tensor(self), .tensor(source))
  }
}

extension Operator {
  fileprivate static let to = Operator("aten::to", "dtype_layout")
  fileprivate static let contiguous = Operator("aten::contiguous")
  fileprivate static let clone = Operator("aten::clone")
  fileprivate static let copy = Operator("aten::copy_")
}
