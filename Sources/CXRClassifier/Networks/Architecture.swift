// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRTensor

/// Which network a classifier is, with all of its sizes.
///
///     Architecture(named: "densenet121", inputChannels: 1, outputs: 14)
public enum Architecture: Hashable, Codable, Sendable {
  /// A densely connected network.
  case denseNet(DenseNetConfiguration)
  /// A residual network.
  case resNet(ResNetConfiguration)

  /// The names of networks with published sizes, and of one for trials on small pictures.
  public static let names = ["densenet121", "resnet34", "resnet50", "densenet-small"]

  /// The network of a name; `nil` for a name that is none of ``names``.
  ///
  /// `densenet-small` has blocks of 2, 4 and 4 layers with growth 12 after 16 channels: it learns
  /// phantoms of 64² on a laptop, and is nobody's published network.
  ///
  /// - Parameters:
  ///   - name: One of ``names``.
  ///   - inputChannels: The channels of the pictures, 1 or 3.
  ///   - outputs: How many numbers the network gives.
  ///   - head: What turns features into outputs.
  public init?(
    named name: String, inputChannels: Int, outputs: Int, head: ClassifierHead = .linear
  ) {
    switch name {
    case "densenet121", "densenet-small":
      var configuration = DenseNetConfiguration(outputs: outputs)
      configuration.inputChannels = inputChannels
      configuration.head = head
      if name == "densenet-small" {
        configuration.stemChannels = 16
        configuration.growth = 12
        configuration.blockLayers = [2, 4, 4]
        configuration.bottleneck = 2
      }
      self = .denseNet(configuration)
    case "resnet34", "resnet50":
      var configuration: ResNetConfiguration =
        name == "resnet34" ? .resnet34(outputs: outputs) : .resnet50(outputs: outputs)
      configuration.inputChannels = inputChannels
      configuration.head = head
      self = .resNet(configuration)
    default: return nil
    }
  }

  /// How many numbers the network gives.
  public var outputs: Int {
    switch self {
    case .denseNet(let configuration): configuration.outputs
    case .resNet(let configuration): configuration.outputs
    }
  }

  /// The channels of the pictures.
  public var inputChannels: Int {
    switch self {
    case .denseNet(let configuration): configuration.inputChannels
    case .resNet(let configuration): configuration.inputChannels
    }
  }

  /// What the names of the head's tensors begin with.
  var headName: String {
    switch self {
    case .denseNet: "classifier"
    case .resNet: "fc"
    }
  }

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  func module(in scope: ParameterScope) throws(TensorError) -> ClassifierModule {
    switch self {
    case .denseNet(let configuration): .denseNet(try DenseNet(configuration, in: scope))
    case .resNet(let configuration): .resNet(try ResNet(configuration, in: scope))
    }
  }
}
