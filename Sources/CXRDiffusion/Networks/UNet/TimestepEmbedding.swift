// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Numbers that stand for a timestep: waves of many lengths, and two linear maps of them.
struct TimestepEmbedding {
  private let hidden, output: Linear
  private let waves: Int
  private let configuration: UNetConfiguration

  init(_ configuration: UNetConfiguration, in scope: ParameterScope) throws(TensorError) {
    self.configuration = configuration
    waves = configuration.channels[0] / 2
    hidden = try scope.linear(
      "linear_1", inputs: configuration.channels[0], outputs: configuration.timeWidth)
    output = try scope.linear(
      "linear_2", inputs: configuration.timeWidth, outputs: configuration.timeWidth)
  }

  /// Maps timesteps, `[batch]` or `[1]`, to `[batch, timeWidth]` or `[1, timeWidth]`; linear maps
  /// see the type of the pictures.
  func callAsFunction(
    _ timesteps: Tensor, as type: ScalarType
  ) throws(TensorError) -> Tensor {
    try output(hidden(sinusoids(timesteps).converted(to: type)).silu())
  }

  /// Cosines and sines of the timesteps, in float32 and in the order of operations of diffusers: an
  /// angle of hundreds of radians shows every other rounding.
  private func sinusoids(_ timesteps: Tensor) throws(TensorError) -> Tensor {
    let divisor = try Tensor.full(
      Double(waves) - configuration.frequencyShift, shape: [], on: timesteps.device)
    let frequencies =
      try (Tensor.counting(to: waves, on: timesteps.device) * Self.logarithm / divisor)
      .exponential()
    let angles =
      try timesteps.reshaped([-1]).converted(to: .float32).unsqueezed(1)
      * frequencies.unsqueezed(0)
    let (sines, cosines) = (try angles.sine(), try angles.cosine())
    return try Tensor.joined(
      configuration.beginsWithCosines ? [cosines, sines] : [sines, cosines], along: 1)
  }

  /// −ln 10000: the waves' lengths span this factor.
  private static let logarithm = -9.210_340_371_976_184
}
