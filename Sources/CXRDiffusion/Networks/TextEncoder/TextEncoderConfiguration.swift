// SPDX-License-Identifier: Apache-2.0

/// The sizes of a ``TextEncoder``, as `text_encoder/config.json` of a diffusers folder has them.
public struct TextEncoderConfiguration: Hashable, Sendable {
  /// What is between the two linear maps of a layer.
  public enum Activation: String, Hashable, Codable, Sendable {
    /// x Φ(x) with the normal distribution function Φ, as in Stable Diffusion 2.
    case gelu
    /// x σ(1.702 x), OpenAI's approximation, as in Stable Diffusion 1.
    case quickGELU = "quick_gelu"
  }

  /// The number of tokens.
  public var vocabularySize = 49_408
  /// The numbers of a position.
  public var width = 512
  /// The numbers between the two linear maps of a layer.
  public var hiddenWidth = 2048
  /// How many layers there are.
  public var layerCount = 12
  /// How many heads attention has.
  public var headCount = 8
  /// The largest number of tokens of a prompt.
  public var positionCount = 77
  /// What is between the two linear maps of a layer.
  public var activation = Activation.quickGELU
  /// What is added to a variance in normalisation.
  public var normEpsilon = 1e-5
  /// The numbers of the projection that the class has beside this network, which does not use it.
  public var projectionWidth = 512
  /// The numbers of the tokens that begin, end and pad a prompt, as the file has them: published
  /// ones are wrong, and nothing here uses them.
  public var tokenNumbers: [String: Int] = [:]

  /// Creates transformers' default.
  public init() {}

  /// The encoder of Stable Diffusion 1.
  public static let stableDiffusion1: TextEncoderConfiguration = {
    var configuration = TextEncoderConfiguration()
    configuration.width = 768
    configuration.hiddenWidth = 3072
    configuration.headCount = 12
    configuration.projectionWidth = 768
    return configuration
  }()

  /// The encoder of Stable Diffusion 2: 23 of OpenCLIP's 24 layers.
  public static let stableDiffusion2: TextEncoderConfiguration = {
    var configuration = TextEncoderConfiguration()
    configuration.width = 1024
    configuration.hiddenWidth = 4096
    configuration.layerCount = 23
    configuration.headCount = 16
    configuration.activation = .gelu
    return configuration
  }()
}
