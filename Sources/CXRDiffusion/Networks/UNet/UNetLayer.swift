// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// A residual block and the transformer that may follow it.
struct UNetLayer {
  private let block: ResidualBlock
  private let transformer: SpatialTransformer?

  /// Makes the layer.
  ///
  /// - Parameters:
  ///   - index: Its number in the level.
  ///   - inputs: The channels that come in.
  ///   - outputs: The channels of the result.
  ///   - level: The level whose heads and layers the transformer has; `nil` for no transformer.
  ///   - configuration: The network's.
  ///   - scope: That of the level.
  /// - Throws: `TensorError` if memory is short.
  init(
    _ index: Int, inputs: Int, outputs: Int, attentionOf level: Int?,
    _ configuration: UNetConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    block = try ResidualBlock(
      inputs: inputs, outputs: outputs, timeWidth: configuration.timeWidth,
      norm: configuration.norm, in: scope["resnets"][index])
    transformer =
      if let level {
        try SpatialTransformer(
          channels: outputs, heads: configuration.headCounts[level],
          layers: configuration.transformerLayers[level], configuration,
          in: scope["attentions"][index])
      } else {
        nil
      }
  }

  func callAsFunction(_ input: Tensor, _ condition: UNetCondition) throws(TensorError) -> Tensor {
    let x = try condition.run(block, input)
    guard let transformer else { return x }
    return try condition.run(transformer, x)
  }
}
