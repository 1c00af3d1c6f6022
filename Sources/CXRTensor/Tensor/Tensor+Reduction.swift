// SPDX-License-Identifier: Apache-2.0

// All throw ``TensorError`` with code `.refused` for an axis that the tensor does not have.
extension Tensor {
  /// The sum of all elements, without axes.
  public func sum() throws(TensorError) -> Tensor { try Operator.sum(.tensor(self)) }

  /// The sum along axes.
  public func sum(along axes: [Int], keepingAxes: Bool = false) throws(TensorError) -> Tensor {
    try Operator.sumAxes(.tensor(self), .integers(axes), .truth(keepingAxes))
  }

  /// The mean of all elements, without axes.
  public func mean() throws(TensorError) -> Tensor { try Operator.mean(.tensor(self)) }

  /// The mean along axes.
  public func mean(along axes: [Int], keepingAxes: Bool = false) throws(TensorError) -> Tensor {
    try Operator.meanAxes(.tensor(self), .integers(axes), .truth(keepingAxes))
  }

  /// The position of the largest element along an axis.
  public func indexOfMaximum(along axis: Int) throws(TensorError) -> Tensor {
    try Operator.argmax(.tensor(self), .integer(axis))
  }

  /// The Euclidean norm of all elements, without axes.
  public func norm() throws(TensorError) -> Tensor { try Operator.norm(.tensor(self)) }

  /// Whether no element is NaN or infinite.
  public func isFinite() throws(TensorError) -> Bool {
    try Operator.all(.tensor(Operator.isfinite(.tensor(self)))).item() != 0
  }
}

extension Operator {
  fileprivate static let sum = Operator("aten::sum")
  fileprivate static let sumAxes = Operator("aten::sum", "dim_IntList")
  fileprivate static let mean = Operator("aten::mean")
  fileprivate static let meanAxes = Operator("aten::mean", "dim")
  fileprivate static let argmax = Operator("aten::argmax")
  fileprivate static let norm = Operator("aten::linalg_vector_norm")
  fileprivate static let isfinite = Operator("aten::isfinite")
  fileprivate static let all = Operator("aten::all")
}
