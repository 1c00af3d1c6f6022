// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Attention to earlier positions and two linear maps, each after normalisation and added to what
/// comes in, with CLIP's initial numbers.
struct TextEncoderLayer {
  private let norm1, norm2: LayerNorm
  private let query, key, value, output: Linear
  private let hidden, last: Linear
  private let heads: Int
  private let activation: TextEncoderConfiguration.Activation

  init(_ configuration: TextEncoderConfiguration, in scope: ParameterScope) throws(TensorError) {
    let width = configuration.width
    let outer = 1 / Double(width).squareRoot()
    let inner = outer / Double(2 * configuration.layerCount).squareRoot()
    func linear(
      _ scope: ParameterScope, _ inputs: Int, _ outputs: Int, _ deviation: Double
    ) throws(TensorError) -> Linear {
      try Linear(
        inputs: inputs, outputs: outputs, weight: .normal(deviation: deviation), in: scope)
    }
    norm1 = try LayerNorm(
      width: width, epsilon: configuration.normEpsilon, in: scope["layer_norm1"])
    let attention = scope["self_attn"]
    query = try linear(attention["q_proj"], width, width, inner)
    key = try linear(attention["k_proj"], width, width, inner)
    value = try linear(attention["v_proj"], width, width, inner)
    output = try linear(attention["out_proj"], width, width, outer)
    norm2 = try LayerNorm(
      width: width, epsilon: configuration.normEpsilon, in: scope["layer_norm2"])
    hidden = try linear(
      scope["mlp"]["fc1"], width, configuration.hiddenWidth, outer / 2.0.squareRoot())
    last = try linear(scope["mlp"]["fc2"], configuration.hiddenWidth, width, inner)
    heads = configuration.headCount
    activation = configuration.activation
  }

  /// Maps `[batch, positions, width]` to the same shape.
  func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    let normalized = try norm1(input)
    let attention = try query(normalized).splitHeads(heads).attending(
      to: key(normalized).splitHeads(heads), value(normalized).splitHeads(heads), reach: .past)
    let x = try input + output(attention.joinedHeads())
    return try x + last(activated(hidden(norm2(x))))
  }

  private func activated(_ x: Tensor) throws(TensorError) -> Tensor {
    switch activation {
    case .gelu: try x.gelu()
    case .quickGELU: try x * (x * 1.702).sigmoid()
    }
  }
}
