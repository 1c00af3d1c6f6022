// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// The lowest level of encoder and decoder: two residual blocks around attention.
struct AutoencoderMiddle {
  private let first, last: ResidualBlock
  private let attention: PixelAttention

  init(_ configuration: AutoencoderConfiguration, in scope: ParameterScope) throws(TensorError) {
    let channels = configuration.channels[configuration.channels.count - 1]
    let (norm, blocks) = (configuration.norm, scope["resnets"])
    first = try ResidualBlock(
      inputs: channels, outputs: channels, timeWidth: nil, norm: norm, in: blocks[0])
    attention = try PixelAttention(channels: channels, norm: norm, in: scope["attentions"][0])
    last = try ResidualBlock(
      inputs: channels, outputs: channels, timeWidth: nil, norm: norm, in: blocks[1])
  }

  func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    try last(attention(first(input)))
  }
}
