// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// The lowest level: two residual blocks around a transformer.
struct UNetMiddle {
  private let first: UNetLayer
  private let last: ResidualBlock

  init(_ configuration: UNetConfiguration, in scope: ParameterScope) throws(TensorError) {
    let level = configuration.channels.count - 1
    let channels = configuration.channels[level]
    first = try UNetLayer(
      0, inputs: channels, outputs: channels, attentionOf: level, configuration, in: scope)
    last = try ResidualBlock(
      inputs: channels, outputs: channels, timeWidth: configuration.timeWidth,
      norm: configuration.norm, in: scope["resnets"][1])
  }

  func callAsFunction(_ input: Tensor, _ condition: UNetCondition) throws(TensorError) -> Tensor {
    try condition.run(last, first(input, condition))
  }
}
