// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// A level on the way down: layers, and what halves the sides for the next level.
struct UNetDownLevel {
  private let layers: [UNetLayer]
  private let downsampler: Downsampler?

  init(
    _ level: Int, _ configuration: UNetConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    let channels = configuration.channels
    let scope = scope["down_blocks"][level]
    var layers: [UNetLayer] = []
    for index in 0..<configuration.layersPerBlock[level] {
      layers.append(
        try UNetLayer(
          index, inputs: index == 0 ? channels[max(level - 1, 0)] : channels[level],
          outputs: channels[level],
          attentionOf: configuration.downBlocks[level] == .attending ? level : nil,
          configuration, in: scope))
    }
    self.layers = layers
    downsampler =
      level + 1 < channels.count
      ? try Downsampler(
        channels: channels[level], padding: .around, in: scope["downsamplers"][0]) : nil
  }

  /// Runs the level and keeps each result for the way up.
  func callAsFunction(
    _ input: Tensor, _ condition: UNetCondition, keeping kept: inout [Tensor]
  ) throws(TensorError) -> Tensor {
    var x = input
    for layer in layers {
      x = try layer(x, condition)
      kept.append(x)
    }
    guard let downsampler else { return x }
    x = try downsampler(x)
    kept.append(x)
    return x
  }
}
