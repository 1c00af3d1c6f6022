// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// A convolution of enlarged pictures.
struct Upsampler {
  private let convolution: Convolution

  init(channels: Int, in scope: ParameterScope) throws(TensorError) {
    convolution = try scope.convolution("conv", inputs: channels, outputs: channels)
  }

  /// Doubles the sides.
  func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    let shape = input.shape
    return try self(input, rows: 2 * shape[2], columns: 2 * shape[3])
  }

  /// Brings the sides to given lengths.
  func callAsFunction(
    _ input: Tensor, rows: Int, columns: Int
  ) throws(TensorError) -> Tensor {
    try convolution(input.resizedNearest(rows: rows, columns: columns))
  }
}
