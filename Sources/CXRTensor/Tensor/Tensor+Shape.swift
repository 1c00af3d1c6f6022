// SPDX-License-Identifier: Apache-2.0

// Views share their elements with the tensor that they show. An axis may be counted from the end:
// −1 is the last one. All throw ``TensorError`` with code `.refused` if the shapes do not fit.
extension Tensor {
  /// The elements in another shape; one length may be −1, which is then worked out.
  public func reshaped(_ shape: [Int]) throws(TensorError) -> Tensor {
    try Operator.reshape(.tensor(self), .integers(shape))
  }

  /// The axes from one on merged into one.
  public func flattened(from axis: Int = 0) throws(TensorError) -> Tensor {
    try Operator.flatten(.tensor(self), .integer(axis))
  }

  /// The axes in another order.
  public func permuted(_ axes: [Int]) throws(TensorError) -> Tensor {
    try Operator.permute(.tensor(self), .integers(axes))
  }

  /// Two axes exchanged.
  public func transposed(_ first: Int, _ second: Int) throws(TensorError) -> Tensor {
    try Operator.transpose(.tensor(self), .integer(first), .integer(second))
  }

  /// With a new axis of length 1.
  public func unsqueezed(_ axis: Int) throws(TensorError) -> Tensor {
    try Operator.unsqueeze(.tensor(self), .integer(axis))
  }

  /// Without an axis of length 1.
  public func squeezed(_ axis: Int) throws(TensorError) -> Tensor {
    try Operator.squeeze(.tensor(self), .integer(axis))
  }

  /// Axes of length 1 repeated, without copying, to a shape; −1 keeps a length.
  public func expanded(_ shape: [Int]) throws(TensorError) -> Tensor {
    try Operator.expand(.tensor(self), .integers(shape))
  }

  /// A range along an axis.
  public func slice(_ range: Range<Int>, along axis: Int = 0) throws(TensorError) -> Tensor {
    try Operator.narrow(
      .tensor(self), .integer(axis), .integer(range.lowerBound), .integer(range.count))
  }

  /// One position along an axis, which goes away.
  public func selected(_ index: Int, along axis: Int = 0) throws(TensorError) -> Tensor {
    try Operator.select(.tensor(self), .integer(axis), .integer(index))
  }

  /// Equal parts along an axis, the last one shorter if they do not come out even.
  public func chunks(_ count: Int, along axis: Int) throws(TensorError) -> [Tensor] {
    try Operator.chunk.tensors(.tensor(self), .integer(count), .integer(axis), upTo: count)
  }
}

extension Operator {
  fileprivate static let reshape = Operator("aten::reshape")
  fileprivate static let flatten = Operator("aten::flatten", "using_ints")
  fileprivate static let permute = Operator("aten::permute")
  fileprivate static let transpose = Operator("aten::transpose", "int")
  fileprivate static let unsqueeze = Operator("aten::unsqueeze")
  fileprivate static let squeeze = Operator("aten::squeeze", "dim")
  fileprivate static let expand = Operator("aten::expand")
  fileprivate static let narrow = Operator("aten::narrow")
  fileprivate static let select = Operator("aten::select", "int")
  fileprivate static let chunk = Operator("aten::chunk")
}
