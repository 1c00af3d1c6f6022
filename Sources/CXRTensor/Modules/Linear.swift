// SPDX-License-Identifier: Apache-2.0

/// A linear map of the last axis: tensors `weight` and, unless it has none, `bias`.
///
/// An ``AdaptableWeight`` of the network may change what it gives.
public struct Linear {
  private let weight: AdaptableWeight
  private let bias: Tensor?

  /// Makes the layer.
  ///
  /// - Parameters:
  ///   - inputs: The length of the axis.
  ///   - outputs: Its length in the result.
  ///   - weight: What the weight is at first; `nil` for PyTorch's own numbers.
  ///   - bias: What the bias is at first; `nil` for none.
  ///   - scope: Where the tensors are made.
  /// - Throws: ``TensorError`` if memory is short.
  public init(
    inputs: Int, outputs: Int, weight: Initialization? = nil,
    bias: Initialization? = .constant(0), in scope: ParameterScope
  ) throws(TensorError) {
    self.weight = try scope.adaptableWeight(
      [outputs, inputs], weight ?? .uniform(inputs: inputs))
    self.bias = if let bias { try scope.parameter("bias", [outputs], bias) } else { nil }
  }

  /// Maps `[…, inputs]` to `[…, outputs]`.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the last axis has another length.
  public func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    let result = try input.linear(weight.tensor, bias)
    guard let update = weight.update else { return result }
    return try result + update(input)
  }
}
