// SPDX-License-Identifier: Apache-2.0

/// Layer normalisation of the last axis: tensors `weight` and `bias`.
public struct LayerNorm {
  private let weight, bias: Tensor
  private let epsilon: Double

  /// Makes the layer: weights of 1 and a bias of 0.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public init(
    width: Int, epsilon: Double = 1e-5, in scope: ParameterScope
  ) throws(TensorError) {
    weight = try scope.parameter("weight", [width], .constant(1))
    bias = try scope.parameter("bias", [width], .constant(0))
    self.epsilon = epsilon
  }

  /// Normalises `[…, width]`.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the last axis has another length.
  public func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    try input.layerNormalized(weight: weight, bias: bias, epsilon: epsilon)
  }
}
