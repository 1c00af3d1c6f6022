// SPDX-License-Identifier: Apache-2.0

/// A convolution of pictures: tensors `weight` and, unless it comes before batch normalisation,
/// `bias`.
public struct Convolution {
  private let weight: Tensor
  private let bias: Tensor?
  private let stride: Int
  private let padding: Int

  /// Makes the layer.
  ///
  /// - Parameters:
  ///   - inputs: The channels of the pictures.
  ///   - outputs: The channels of the result.
  ///   - window: The side of the kernel.
  ///   - stride: The step between windows.
  ///   - padding: The zeros around the picture.
  ///   - bias: What the bias is at first; `nil` for none.
  ///   - initialization: What the kernel is at first.
  ///   - scope: Where the tensors are made.
  /// - Throws: ``TensorError`` if memory is short.
  public init(
    inputs: Int, outputs: Int, window: Int, stride: Int = 1, padding: Int = 0,
    bias: Initialization? = nil, _ initialization: Initialization, in scope: ParameterScope
  ) throws(TensorError) {
    weight = try scope.parameter("weight", [outputs, inputs, window, window], initialization)
    self.bias = if let bias { try scope.parameter("bias", [outputs], bias) } else { nil }
    self.stride = stride
    self.padding = padding
  }

  /// Maps `[batch, inputs, rows, columns]` to the channels of the result.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for another number of channels.
  public func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    try input.convolved(weight, bias, stride: stride, padding: padding)
  }
}
