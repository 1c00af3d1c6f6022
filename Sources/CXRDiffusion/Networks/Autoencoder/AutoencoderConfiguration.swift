// SPDX-License-Identifier: Apache-2.0

/// The sizes of an ``Autoencoder``, as `vae/config.json` of a diffusers folder has them.
public struct AutoencoderConfiguration: Hashable, Sendable {
  /// The side of the pictures that the model was made for, if it says so.
  public var sampleSize: Int?
  /// The channels of pictures that are encoded.
  public var inputChannels = 3
  /// The channels of decoded pictures.
  public var outputChannels = 3
  /// The channels of latent pictures.
  public var latentChannels = 4
  /// The channels of each level, each a multiple of ``normGroups``; sides are halved between levels.
  public var channels = [64]
  /// How many residual blocks each level of the encoder has; one of the decoder has one more.
  public var layersPerBlock = 1
  /// The groups of channels that are normalised together.
  public var normGroups = 32
  /// What latent pictures are multiplied by before noise is added, so that their variance is 1.
  public var scalingFactor = 0.18215
  /// Whether the model is known to need float32.
  public var needsFloat32 = true

  /// Creates diffusers' default.
  public init() {}

  /// The autoencoder of Stable Diffusion 1 and 2.
  public static let stableDiffusion: AutoencoderConfiguration = {
    var configuration = AutoencoderConfiguration()
    configuration.sampleSize = 512
    configuration.channels = [128, 256, 512, 512]
    configuration.layersPerBlock = 2
    return configuration
  }()

  /// How many pixels of a picture's row one pixel of a latent picture stands for.
  public var pixelsPerLatent: Int { 1 << (channels.count - 1) }

  /// How channels are normalised.
  var norm: ChannelNorm { ChannelNorm(groups: normGroups, epsilon: 1e-6) }
}
