// SPDX-License-Identifier: Apache-2.0

/// The sizes of a ``ResNet``.
public struct ResNetConfiguration: Hashable, Codable, Sendable {
  /// What a block of the network is.
  public enum Block: String, Codable, Sendable {
    /// Two 3 × 3 convolutions.
    case basic
    /// A 1 × 1, a 3 × 3 and a 1 × 1 convolution to four times the channels.
    case bottleneck

    /// The channels that a block gives, as a multiple of its width.
    var expansion: Int {
      switch self {
      case .basic: 1
      case .bottleneck: 4
      }
    }
  }

  /// What a block is.
  public var block: Block
  /// The blocks of each of the four stages.
  public var stageBlocks: [Int]
  /// The channels of the pictures.
  public var inputChannels = 3
  /// What follows the mean over the picture.
  public var head = ClassifierHead.linear
  /// How many numbers the network gives.
  public var outputs: Int

  /// Creates sizes.
  public init(block: Block, stageBlocks: [Int], outputs: Int) {
    self.block = block
    self.stageBlocks = stageBlocks
    self.outputs = outputs
  }

  /// ResNet-34 (He et al., <https://arxiv.org/abs/1512.03385>).
  public static func resnet34(outputs: Int) -> ResNetConfiguration {
    ResNetConfiguration(block: .basic, stageBlocks: [3, 4, 6, 3], outputs: outputs)
  }

  /// ResNet-50, with the stride in the 3 × 3 convolution as torchvision has it.
  public static func resnet50(outputs: Int) -> ResNetConfiguration {
    ResNetConfiguration(block: .bottleneck, stageBlocks: [3, 4, 6, 3], outputs: outputs)
  }
}
