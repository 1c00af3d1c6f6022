// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Transformer blocks over the pixels of pictures, added to what comes in.
struct SpatialTransformer {
  /// What maps pixels on the way in and out.
  private enum Projection {
    /// Linear layers, as in Stable Diffusion 2.
    case linear(Linear, Linear)
    /// Convolutions of single pixels, as in Stable Diffusion 1.
    case convolution(Convolution, Convolution)
  }

  private let norm: GroupNorm
  private let projection: Projection
  private let blocks: [TransformerBlock]

  init(
    channels: Int, heads: Int, layers: Int, _ configuration: UNetConfiguration,
    in scope: ParameterScope
  ) throws(TensorError) {
    // Not the epsilon of the network's other normalisations.
    norm = try GroupNorm(
      groups: configuration.normGroups, channels: channels, epsilon: 1e-6, in: scope["norm"])
    projection =
      if configuration.projectsLinearly {
        .linear(
          try scope.linear("proj_in", inputs: channels, outputs: channels),
          try scope.linear("proj_out", inputs: channels, outputs: channels))
      } else {
        .convolution(
          try scope.pixelwise("proj_in", inputs: channels, outputs: channels),
          try scope.pixelwise("proj_out", inputs: channels, outputs: channels))
      }
    var blocks: [TransformerBlock] = []
    for index in 0..<layers {
      blocks.append(
        try TransformerBlock(
          width: channels, contextWidth: configuration.contextWidth, heads: heads,
          precision: configuration.upcastsAttention ? .float32 : .given,
          in: scope["transformer_blocks"][index]))
    }
    self.blocks = blocks
  }

  /// Maps `[batch, channels, rows, columns]` to the same shape, by a context
  /// `[batch, positions, contextWidth]`.
  func callAsFunction(_ input: Tensor, _ context: Tensor) throws(TensorError) -> Tensor {
    let shape = input.shape
    var x = try norm(input)
    switch projection {
    case .linear(let layer, _): x = try layer(x.positions())
    case .convolution(let layer, _): x = try layer(x).positions()
    }
    for block in blocks { x = try block(x, context) }
    switch projection {
    case .linear(_, let layer): x = try layer(x).picture(rows: shape[2], columns: shape[3])
    case .convolution(_, let layer):
      x = try layer(x.picture(rows: shape[2], columns: shape[3]))
    }
    // The first operand decides over the order in memory.
    return try input + x
  }
}
