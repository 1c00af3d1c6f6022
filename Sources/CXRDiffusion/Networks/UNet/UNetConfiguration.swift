// SPDX-License-Identifier: Apache-2.0

/// The sizes of a ``UNet``, as `unet/config.json` of a diffusers folder has them.
///
/// An empty configuration is that of diffusers' class `UNet2DConditionModel`.
public struct UNetConfiguration: Hashable, Sendable {
  /// What the layers of a level are.
  public enum Block: Hashable, Sendable {
    /// Residual blocks.
    case plain
    /// Residual blocks, each followed by a transformer.
    case attending
  }

  /// The side of the latent pictures that the model was made for, if it says so.
  public var sampleSize: Int?
  /// The channels of latent pictures.
  public var inputChannels = 4
  /// The channels of the prediction.
  public var outputChannels = 4
  /// The channels of each level, each a multiple of ``normGroups``.
  public var channels = [320, 640, 1280, 1280]
  /// The layers of each level on the way down, in the order in which they run.
  public var downBlocks: [Block] = [.attending, .attending, .attending, .plain]
  /// The layers of each level on the way up, in the order in which they run.
  public var upBlocks: [Block] = [.plain, .attending, .attending, .attending]
  /// How many layers each level has on the way down; on the way up it has one more.
  public var layersPerBlock = [2, 2, 2, 2]
  /// How many heads the attention of each level has, which the file calls `attention_head_dim`.
  public var headCounts = [8, 8, 8, 8]
  /// How many blocks each transformer of a level has.
  public var transformerLayers = [1, 1, 1, 1]
  /// The numbers of a position of an encoded prompt.
  public var contextWidth = 1280
  /// Whether transformers begin and end with linear layers rather than convolutions.
  public var projectsLinearly = false
  /// Whether attention is worked out in float32.
  public var upcastsAttention = false
  /// The groups of channels that are normalised together.
  public var normGroups = 32
  /// What is added to a variance in normalisation.
  public var normEpsilon = 1e-5
  /// Whether the embedding of a timestep has its cosines first.
  public var beginsWithCosines = true
  /// What is taken off the number of waves in the embedding of a timestep.
  public var frequencyShift = 0.0
  /// Whether latent pictures are mapped by 2x − 1 first.
  public var centersInput = false

  /// Creates diffusers' default.
  public init() {}

  /// Stable Diffusion 1.
  public static let stableDiffusion1: UNetConfiguration = {
    var configuration = UNetConfiguration()
    configuration.sampleSize = 64
    configuration.contextWidth = 768
    return configuration
  }()

  /// Stable Diffusion 2 and 2.1, made for 512 pixels.
  public static let stableDiffusion2: UNetConfiguration = {
    var configuration = UNetConfiguration()
    configuration.sampleSize = 64
    configuration.headCounts = [5, 10, 20, 20]
    configuration.contextWidth = 1024
    configuration.projectsLinearly = true
    return configuration
  }()

  /// The length of the embedding of a timestep.
  var timeWidth: Int { 4 * channels[0] }

  /// How channels are normalised outside of transformers.
  var norm: ChannelNorm { ChannelNorm(groups: normGroups, epsilon: normEpsilon) }
}
