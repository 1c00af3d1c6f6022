// SPDX-License-Identifier: Apache-2.0

/// Which positions a position attends to.
public enum AttentionReach: Sendable {
  /// All positions.
  case all
  /// Itself and those before it.
  case past
}

extension Tensor {
  /// Scaled dot-product attention: softmax(q kᵀ / √width) v, of which this tensor is q.
  ///
  /// libtorch chooses a kernel that does not hold all products at once, where it has one.
  ///
  /// - Parameters:
  ///   - keys: Shape `[batch, heads, others, width]`.
  ///   - values: The same shape.
  ///   - reach: Which positions are attended to.
  /// - Returns: The shape of this tensor, `[batch, heads, positions, width]`.
  /// - Throws: ``TensorError`` with code `.refused` if the shapes do not fit.
  /// - SeeAlso: Vaswani et al. (2017), <https://arxiv.org/abs/1706.03762>.
  public func attending(
    to keys: Tensor, _ values: Tensor, reach: AttentionReach = .all
  ) throws(TensorError) -> Tensor {
    try Operator.attention(
      .tensor(self), .tensor(keys), .tensor(values), .none, .number(0), .truth(reach == .past))
  }
}

extension Operator {
  fileprivate static let attention = Operator("aten::scaled_dot_product_attention")
}
