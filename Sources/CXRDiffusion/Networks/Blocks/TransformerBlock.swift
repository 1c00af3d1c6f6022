// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Attention within positions, attention to a context and a feed-forward part, each after
/// normalisation and added to what comes in.
struct TransformerBlock {
  private let norm1, norm2, norm3: LayerNorm
  private let attention, crossAttention: Attention
  private let feedForward: FeedForward

  init(
    width: Int, contextWidth: Int, heads: Int, precision: Attention.Precision,
    in scope: ParameterScope
  ) throws(TensorError) {
    norm1 = try LayerNorm(width: width, in: scope["norm1"])
    attention = try Attention(
      width: width, contextWidth: width, heads: heads, precision: precision, in: scope["attn1"])
    norm2 = try LayerNorm(width: width, in: scope["norm2"])
    crossAttention = try Attention(
      width: width, contextWidth: contextWidth, heads: heads, precision: precision,
      in: scope["attn2"])
    norm3 = try LayerNorm(width: width, in: scope["norm3"])
    feedForward = try FeedForward(width: width, in: scope["ff"])
  }

  /// Maps `[batch, positions, width]` to the same shape, by a context
  /// `[batch, others, contextWidth]`.
  func callAsFunction(_ input: Tensor, _ context: Tensor) throws(TensorError) -> Tensor {
    let normalized = try norm1(input)
    var x = try input + attention(normalized, to: normalized)
    x = try x + crossAttention(norm2(x), to: context)
    return try x + feedForward(norm3(x))
  }
}
