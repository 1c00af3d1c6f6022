// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// The half of an ``Autoencoder`` that makes pictures small.
struct AutoencoderEncoder {
  private let input, output: Convolution
  private let levels: [Level]
  private let middle: AutoencoderMiddle
  private let norm: GroupNorm

  init(_ configuration: AutoencoderConfiguration, in scope: ParameterScope) throws(TensorError) {
    let channels = configuration.channels
    input = try scope.convolution(
      "conv_in", inputs: configuration.inputChannels, outputs: channels[0])
    var levels: [Level] = []
    for level in channels.indices {
      levels.append(try Level(level, configuration, in: scope["down_blocks"][level]))
    }
    self.levels = levels
    middle = try AutoencoderMiddle(configuration, in: scope["mid_block"])
    let last = channels[channels.count - 1]
    norm = try configuration.norm.layer("conv_norm_out", channels: last, in: scope)
    output = try scope.convolution(
      "conv_out", inputs: last, outputs: 2 * configuration.latentChannels)
  }

  /// Maps `[batch, inputChannels, rows, columns]` to `[batch, 2 · latentChannels, …]`.
  func callAsFunction(_ pictures: Tensor) throws(TensorError) -> Tensor {
    var x = try input(pictures)
    for level in levels { x = try level(x) }
    return try output(norm(middle(x)).silu())
  }

  /// Residual blocks, and what halves the sides for the next level.
  private struct Level {
    private let blocks: [ResidualBlock]
    private let downsampler: Downsampler?

    init(
      _ level: Int, _ configuration: AutoencoderConfiguration, in scope: ParameterScope
    ) throws(TensorError) {
      let channels = configuration.channels
      var blocks: [ResidualBlock] = []
      for index in 0..<configuration.layersPerBlock {
        blocks.append(
          try ResidualBlock(
            inputs: index == 0 ? channels[max(level - 1, 0)] : channels[level],
            outputs: channels[level], timeWidth: nil, norm: configuration.norm,
            in: scope["resnets"][index]))
      }
      self.blocks = blocks
      downsampler =
        level + 1 < channels.count
        ? try Downsampler(
          channels: channels[level], padding: .rightAndBottom, in: scope["downsamplers"][0])
        : nil
    }

    func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
      var x = input
      for block in blocks { x = try block(x) }
      return try downsampler?(x) ?? x
    }
  }
}
