// SPDX-License-Identifier: Apache-2.0

/// The sizes of a ``DenseNet``.
public struct DenseNetConfiguration: Hashable, Codable, Sendable {
  /// The channels of the pictures: 1, or 3 for weights learned on photographs.
  public var inputChannels = 3
  /// The channels after the first convolution.
  public var stemChannels = 64
  /// The channels that each layer adds.
  public var growth = 32
  /// The layers of each dense block.
  public var blockLayers = [6, 12, 24, 16]
  /// The channels of a layer's first convolution, as a multiple of the growth.
  public var bottleneck = 4
  /// What follows the mean over the picture.
  public var head = ClassifierHead.linear
  /// How many numbers the network gives.
  public var outputs: Int

  /// Creates the sizes of DenseNet-121; change what differs.
  public init(outputs: Int) { self.outputs = outputs }

  /// DenseNet-121 (Huang et al., <https://arxiv.org/abs/1608.06993>).
  public static func densenet121(inputChannels: Int, outputs: Int) -> DenseNetConfiguration {
    var configuration = DenseNetConfiguration(outputs: outputs)
    configuration.inputChannels = inputChannels
    return configuration
  }
}
