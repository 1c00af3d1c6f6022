// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Attention between the pixels of a picture, with one head, added to what comes in.
struct PixelAttention {
  private let norm: GroupNorm
  private let attention: Attention

  init(channels: Int, norm: ChannelNorm, in scope: ParameterScope) throws(TensorError) {
    self.norm = try norm.layer("group_norm", channels: channels, in: scope)
    attention = try Attention(
      width: channels, contextWidth: channels, heads: 1, bias: .uniform(inputs: channels),
      in: scope)
  }

  /// Maps `[batch, channels, rows, columns]` to the same shape.
  func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    let shape = input.shape
    let positions = try norm(input).positions()
    // The first operand decides over the order in memory.
    return try input
      + attention(positions, to: positions).picture(rows: shape[2], columns: shape[3])
  }
}
