// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// A level on the way up: layers that also see what was kept on the way down, and what enlarges the
/// sides for the next level.
struct UNetUpLevel {
  private let layers: [UNetLayer]
  private let upsampler: Upsampler?

  /// Makes the level; levels are counted in the order in which they run.
  init(
    _ index: Int, _ configuration: UNetConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    let channels = configuration.channels
    let level = channels.count - 1 - index
    let scope = scope["up_blocks"][index]
    let layerCount = configuration.layersPerBlock[level] + 1
    var layers: [UNetLayer] = []
    for number in 0..<layerCount {
      let before = number == 0 ? channels[min(level + 1, channels.count - 1)] : channels[level]
      let kept = number == layerCount - 1 ? channels[max(level - 1, 0)] : channels[level]
      layers.append(
        try UNetLayer(
          number, inputs: before + kept, outputs: channels[level],
          attentionOf: configuration.upBlocks[index] == .attending ? level : nil,
          configuration, in: scope))
    }
    self.layers = layers
    upsampler =
      level > 0
      ? try Upsampler(channels: channels[level], in: scope["upsamplers"][0]) : nil
  }

  /// Runs the level and takes away what was kept for it.
  func callAsFunction(
    _ input: Tensor, _ condition: UNetCondition, taking kept: inout [Tensor]
  ) throws(TensorError) -> Tensor {
    var x = input
    for layer in layers {
      x = try layer(Tensor.joined([x, kept.removeLast()], along: 1), condition)
    }
    guard let upsampler, let next = kept.last?.shape else { return x }
    // Sides that cannot be halved evenly come back to what they were.
    return try upsampler(x, rows: next[2], columns: next[3])
  }
}
