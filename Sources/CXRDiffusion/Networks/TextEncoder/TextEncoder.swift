// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// The network that encodes prompts for a ``UNet``: CLIP's text encoder (Radford et al.,
/// <https://arxiv.org/abs/2103.00020>), with transformers' names and initial numbers.
///
///     let context = try encoder(tokens)  // [batch, 77, 1024] for Stable Diffusion 2
///
/// The padding of prompts takes part, as it did when the models were trained: another padding token
/// gives another context.
public struct TextEncoder {
  private let configuration: TextEncoderConfiguration
  private let tokens, positions: Embedding
  private let layers: [TextEncoderLayer]
  private let norm: LayerNorm

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  public init(
    _ configuration: TextEncoderConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    self.configuration = configuration
    let model = scope["text_model"]
    let (embeddings, width) = (model["embeddings"], configuration.width)
    tokens = try Embedding(
      count: configuration.vocabularySize, width: width, .normal(deviation: 0.02),
      in: embeddings["token_embedding"])
    positions = try Embedding(
      count: configuration.positionCount, width: width, .normal(deviation: 0.02),
      in: embeddings["position_embedding"])
    var layers: [TextEncoderLayer] = []
    for index in 0..<configuration.layerCount {
      layers.append(
        try TextEncoderLayer(configuration, in: model["encoder"]["layers"][index]))
    }
    self.layers = layers
    norm = try LayerNorm(
      width: width, epsilon: configuration.normEpsilon, in: model["final_layer_norm"])
  }

  /// Encodes prompts.
  ///
  /// - Parameters:
  ///   - numbers: The numbers of the tokens, `[batch, positions]`, whole numbers of 64 bits.
  ///   - activations: What becomes of the layers' intermediate results in training.
  /// - Returns: Shape `[batch, positions, width]`, after the last normalisation.
  /// - Throws: `TensorError` with code `.refused` for more positions than the model has, or a token
  ///   that it has not; `.outOfMemory`.
  public func callAsFunction(
    _ numbers: Tensor, activations: Activations = .kept
  ) throws(TensorError) -> Tensor {
    let shape = numbers.shape
    guard shape.count == 2, shape[1] <= configuration.positionCount else {
      throw TensorError(
        .refused,
        "\(numbers) are no prompts of at most \(configuration.positionCount) tokens; give one row "
          + "for each prompt")
    }
    var x = try tokens(numbers) + positions.rows(shape[1])
    for layer in layers {
      x = try activations([x]) { inputs throws(TensorError) in try layer(inputs[0]) }
    }
    return try norm(x)
  }
}
