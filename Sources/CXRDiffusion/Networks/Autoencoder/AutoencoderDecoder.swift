// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// The half of an ``Autoencoder`` that makes latent pictures large.
struct AutoencoderDecoder {
  private let input, output: Convolution
  private let middle: AutoencoderMiddle
  private let levels: [Level]
  private let norm: GroupNorm

  init(_ configuration: AutoencoderConfiguration, in scope: ParameterScope) throws(TensorError) {
    let channels = configuration.channels
    input = try scope.convolution(
      "conv_in", inputs: configuration.latentChannels, outputs: channels[channels.count - 1])
    middle = try AutoencoderMiddle(configuration, in: scope["mid_block"])
    var levels: [Level] = []
    for index in channels.indices {
      levels.append(try Level(index, configuration, in: scope["up_blocks"][index]))
    }
    self.levels = levels
    norm = try configuration.norm.layer("conv_norm_out", channels: channels[0], in: scope)
    output = try scope.convolution(
      "conv_out", inputs: channels[0], outputs: configuration.outputChannels)
  }

  /// Maps `[batch, latentChannels, rows, columns]` to `[batch, outputChannels, …]`.
  func callAsFunction(_ latents: Tensor) throws(TensorError) -> Tensor {
    var x = try middle(input(latents))
    for level in levels { x = try level(x) }
    return try output(norm(x).silu())
  }

  /// Residual blocks, and what doubles the sides for the next level.
  private struct Level {
    private let blocks: [ResidualBlock]
    private let upsampler: Upsampler?

    /// Makes the level; levels are counted in the order in which they run.
    init(
      _ index: Int, _ configuration: AutoencoderConfiguration, in scope: ParameterScope
    ) throws(TensorError) {
      let channels = configuration.channels
      let level = channels.count - 1 - index
      var blocks: [ResidualBlock] = []
      for number in 0...configuration.layersPerBlock {
        blocks.append(
          try ResidualBlock(
            inputs: number == 0 ? channels[min(level + 1, channels.count - 1)] : channels[level],
            outputs: channels[level], timeWidth: nil, norm: configuration.norm,
            in: scope["resnets"][number]))
      }
      self.blocks = blocks
      upsampler =
        level > 0 ? try Upsampler(channels: channels[level], in: scope["upsamplers"][0]) : nil
    }

    func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
      var x = input
      for block in blocks { x = try block(x) }
      return try upsampler?(x) ?? x
    }
  }
}
