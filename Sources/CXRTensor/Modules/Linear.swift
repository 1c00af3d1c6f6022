// SPDX-License-Identifier: Apache-2.0

/// A linear map of the last axis with a bias: tensors `weight` and `bias`.
public struct Linear {
  private let weight: Tensor
  private let bias: Tensor?

  /// Makes the layer with PyTorch's initial numbers, or a bias of 0.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public init(
    inputs: Int, outputs: Int, bias: Initialization? = .constant(0), in scope: ParameterScope
  ) throws(TensorError) {
    weight = try scope.parameter("weight", [outputs, inputs], .uniform(inputs: inputs))
    self.bias = if let bias { try scope.parameter("bias", [outputs], bias) } else { nil }
  }

  /// Maps `[…, inputs]` to `[…, outputs]`.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the last axis has another length.
  public func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    try input.linear(weight, bias)
  }
}
