// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Two convolutions, each after normalisation and SiLU, added to what comes in.
struct ResidualBlock {
  private let norm1, norm2: GroupNorm
  private let conv1, conv2: Convolution
  private let time: Linear?
  private let shortcut: Convolution?

  /// Makes the block.
  ///
  /// - Parameters:
  ///   - inputs: The channels that come in.
  ///   - outputs: The channels of the result; a shortcut convolves if they differ.
  ///   - timeWidth: The length of the timestep's embedding; `nil` for a block without one.
  ///   - norm: How channels are normalised.
  ///   - scope: Where the tensors are made.
  /// - Throws: `TensorError` if memory is short.
  init(
    inputs: Int, outputs: Int, timeWidth: Int?, norm: ChannelNorm, in scope: ParameterScope
  ) throws(TensorError) {
    norm1 = try norm.layer("norm1", channels: inputs, in: scope)
    conv1 = try scope.convolution("conv1", inputs: inputs, outputs: outputs)
    time =
      if let timeWidth {
        try scope.linear("time_emb_proj", inputs: timeWidth, outputs: outputs)
      } else {
        nil
      }
    norm2 = try norm.layer("norm2", channels: outputs, in: scope)
    conv2 = try scope.convolution("conv2", inputs: outputs, outputs: outputs)
    shortcut =
      inputs == outputs
      ? nil : try scope.pixelwise("conv_shortcut", inputs: inputs, outputs: outputs)
  }

  /// Maps `[batch, inputs, rows, columns]` to the channels of the result, with SiLU of the
  /// timestep's embedding, `[batch or 1, timeWidth]`.
  func callAsFunction(_ input: Tensor, _ embedding: Tensor? = nil) throws(TensorError) -> Tensor {
    var x = try conv1(norm1(input).silu())
    if let time, let embedding {
      x = try x + time(embedding).unsqueezed(-1).unsqueezed(-1)
    }
    x = try conv2(norm2(x).silu())
    return try (shortcut?(input) ?? input) + x
  }
}
