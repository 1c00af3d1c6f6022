// SPDX-License-Identifier: Apache-2.0

extension Optimizer {
  /// Shortens all gradients together so that their Euclidean norm is at most a number.
  ///
  /// The factor is maximum / (norm + 1e-6), as in PyTorch, where that is below 1. Nothing is
  /// waited for; gradients that are not finite stay as they are, for which the norm is not finite
  /// either: give its ``Tensor/nonFiniteFlag()`` to ``step(learningRate:unless:)``.
  ///
  /// - Parameter maximum: The largest norm; above 0. Infinity only measures.
  /// - Returns: The norm before, without axes, float32; 0 if there are no gradients.
  /// - Throws: ``TensorError`` if memory is short.
  public func clipGradients(toNorm maximum: Double) throws(TensorError) -> Tensor {
    precondition(maximum > 0, "a norm is above 0")
    return try withoutGradients { () throws(TensorError) in
      let gradients = parameters.compactMap(\.tensor.gradient)
      guard !gradients.isEmpty else {
        return try Tensor.zeros([], on: parameters[0].tensor.device)
      }
      let norms = try Operator.foreachNorm.tensors(.tensors(gradients), upTo: gradients.count)
      let norm = try Tensor.stacked(norms).norm()
      guard maximum.isFinite else { return norm }
      let factor = try Tensor.full(maximum, shape: [], on: norm.device) / (norm + 1e-6)
      let kept = try Operator.where(
        .tensor(Operator.isfinite(.tensor(norm))), .tensor(factor.clamped(to: 0...1)), .number(1))
      try Operator.foreachMultiply.run(.tensors(gradients), .tensor(kept))
      return norm
    }
  }
}

extension Tensor {
  /// 1 if an element is NaN or infinite, otherwise 0: float32 on the tensor's device, no axes.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public func nonFiniteFlag() throws(TensorError) -> Tensor {
    let isFinite = try Operator.all(.tensor(Operator.isfinite(.tensor(self))))
    return try Operator.logicalNot(.tensor(isFinite)).converted(to: .float32)
  }
}

extension Operator {
  fileprivate static let foreachNorm = Operator("aten::_foreach_norm", "Scalar")
  fileprivate static let foreachMultiply = Operator("aten::_foreach_mul_", "Tensor")
  fileprivate static let `where` = Operator("aten::where", "ScalarOther")
  fileprivate static let isfinite = Operator("aten::isfinite")
  fileprivate static let all = Operator("aten::all")
  fileprivate static let logicalNot = Operator("aten::logical_not")
}
