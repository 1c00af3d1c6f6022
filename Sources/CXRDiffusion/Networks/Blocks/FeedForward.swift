// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Two linear maps of each position, the first one gated by GELU (Shazeer,
/// <https://arxiv.org/abs/2002.05202>).
struct FeedForward {
  private let hidden, output: Linear

  init(width: Int, in scope: ParameterScope) throws(TensorError) {
    // The numbers are those of PyTorch's list, where dropout has one too.
    let net = scope["net"]
    hidden = try net[0].linear("proj", inputs: width, outputs: 8 * width)
    output = try net.linear("2", inputs: 4 * width, outputs: width)
  }

  /// Maps `[batch, positions, width]` to the same shape.
  func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    let parts = try hidden(input).chunks(2, along: -1)
    return try output(parts[0] * parts[1].gelu())
  }
}
