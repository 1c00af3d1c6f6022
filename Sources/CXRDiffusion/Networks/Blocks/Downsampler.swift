// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// A convolution that halves the sides of pictures, rounding up.
struct Downsampler {
  /// Where zeros are added before the convolution.
  enum Padding {
    /// All around.
    case around
    /// On the right and below only; odd sides are rounded down.
    case rightAndBottom
  }

  private let convolution: Convolution
  private let padding: Padding

  init(channels: Int, padding: Padding, in scope: ParameterScope) throws(TensorError) {
    convolution = try scope.convolution(
      "conv", inputs: channels, outputs: channels, stride: 2,
      padding: padding == .around ? 1 : 0)
    self.padding = padding
  }

  func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    switch padding {
    case .around: try convolution(input)
    case .rightAndBottom: try convolution(input.padded(right: 1, bottom: 1))
    }
  }
}
