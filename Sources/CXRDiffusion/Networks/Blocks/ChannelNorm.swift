// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// How the channels of a network are normalised.
struct ChannelNorm {
  let groups: Int
  let epsilon: Double

  /// Makes a layer.
  func layer(
    _ name: String, channels: Int, in scope: ParameterScope
  ) throws(TensorError) -> GroupNorm {
    try GroupNorm(groups: groups, channels: channels, epsilon: epsilon, in: scope[name])
  }
}
