// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

// Layers with PyTorch's own initial numbers, which diffusers leaves as they are.
extension ParameterScope {
  /// A convolution with a bias.
  func convolution(
    _ name: String, inputs: Int, outputs: Int, window: Int = 3, stride: Int = 1, padding: Int = 1
  ) throws(TensorError) -> Convolution {
    let initial = Initialization.uniform(inputs: inputs * window * window)
    return try Convolution(
      inputs: inputs, outputs: outputs, window: window, stride: stride, padding: padding,
      bias: initial, initial, in: self[name])
  }

  /// A convolution of single pixels with a bias.
  func pixelwise(
    _ name: String, inputs: Int, outputs: Int
  ) throws(TensorError) -> Convolution {
    try convolution(name, inputs: inputs, outputs: outputs, window: 1, padding: 0)
  }

  /// A linear map with a bias.
  func linear(_ name: String, inputs: Int, outputs: Int) throws(TensorError) -> Linear {
    try Linear(
      inputs: inputs, outputs: outputs, bias: .uniform(inputs: inputs), in: self[name])
  }
}
