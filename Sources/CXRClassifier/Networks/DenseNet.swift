// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// A densely connected network (Huang et al., <https://arxiv.org/abs/1608.06993>), with
/// torchvision's names and initial numbers.
public struct DenseNet {
  private let stem: Convolution
  private let stemNorm: BatchNorm
  private let stages: [Stage]
  private let finalNorm: BatchNorm
  private let head: ClassifierLayers

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  public init(
    _ configuration: DenseNetConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    let features = scope["features"]
    var channels = configuration.stemChannels
    stem = try Convolution(
      inputs: configuration.inputChannels, outputs: channels, window: 7, stride: 2, padding: 3,
      .kaimingNormal(fan: configuration.inputChannels * 49), in: features["conv0"])
    stemNorm = try BatchNorm(channels: channels, in: features["norm0"])
    var stages: [Stage] = []
    for (index, layers) in configuration.blockLayers.enumerated() {
      let block = try DenseBlock(
        inputs: channels, layers: layers, growth: configuration.growth,
        bottleneck: configuration.bottleneck, in: features["denseblock\(index + 1)"])
      channels += layers * configuration.growth
      var transition: Transition?
      if index + 1 < configuration.blockLayers.count {
        transition = try Transition(inputs: channels, in: features["transition\(index + 1)"])
        channels /= 2
      }
      stages.append(Stage(block: block, transition: transition))
    }
    self.stages = stages
    finalNorm = try BatchNorm(channels: channels, in: features["norm5"])
    head = try ClassifierLayers(
      configuration.head, inputs: channels, outputs: configuration.outputs,
      in: scope["classifier"])
  }

  /// The features of pictures, before the head.
  ///
  /// - Parameters:
  ///   - pictures: Shape `[batch, channels, rows, columns]`.
  ///   - phase: What the network is run for.
  ///   - activations: What becomes of the numbers within the network.
  /// - Returns: Shape `[batch, features]`.
  /// - Throws: `TensorError` if the channels differ or memory is short.
  public func features(
    of pictures: Tensor, _ phase: Phase, _ activations: Activations = .kept
  ) throws(TensorError) -> Tensor {
    var x = try stem(pictures)
    x = try stemNorm(x, phase).rectified().maxPooled(window: 3, stride: 2, padding: 1)
    for stage in stages {
      x = try stage.block(x, phase, activations)
      guard let transition = stage.transition else { continue }
      x = try activations([x]) { x throws(TensorError) in try transition(x[0], phase) }
    }
    return try finalNorm(x, phase).rectified().mean(along: [2, 3])
  }

  /// One number before the sigmoid for each picture and output.
  ///
  /// - Parameters:
  ///   - pictures: Shape `[batch, channels, rows, columns]`.
  ///   - phase: What the network is run for.
  ///   - activations: What becomes of the numbers within the network.
  ///   - generator: What dropout draws from; `nil` for the generator that operators share.
  /// - Returns: Shape `[batch, outputs]`.
  /// - Throws: As ``features(of:_:_:)``.
  public func callAsFunction(
    _ pictures: Tensor, _ phase: Phase, _ activations: Activations = .kept,
    dropout generator: Generator? = nil
  ) throws(TensorError) -> Tensor {
    try head(features(of: pictures, phase, activations), phase, dropout: generator)
  }

  private struct Stage {
    let block: DenseBlock
    let transition: Transition?
  }
}

/// Layers of which each sees the results of all before it.
private struct DenseBlock {
  private let layers: [Layer]

  init(
    inputs: Int, layers count: Int, growth: Int, bottleneck: Int, in scope: ParameterScope
  ) throws(TensorError) {
    var layers: [Layer] = []
    for index in 0..<count {
      layers.append(
        try Layer(
          inputs: inputs + index * growth, growth: growth, width: bottleneck * growth,
          in: scope["denselayer\(index + 1)"]))
    }
    self.layers = layers
  }

  func callAsFunction(
    _ input: Tensor, _ phase: Phase, _ activations: Activations
  ) throws(TensorError) -> Tensor {
    var features = [input]
    for layer in layers {
      features.append(
        try activations(features) { features throws(TensorError) in
          try layer(Tensor.joined(features, along: 1), phase)
        })
    }
    return try Tensor.joined(features, along: 1)
  }

  /// A 1 × 1 and a 3 × 3 convolution, each after normalisation and ReLU.
  private struct Layer {
    private let norm1, norm2: BatchNorm
    private let conv1, conv2: Convolution

    init(inputs: Int, growth: Int, width: Int, in scope: ParameterScope) throws(TensorError) {
      norm1 = try BatchNorm(channels: inputs, in: scope["norm1"])
      conv1 = try Convolution(
        inputs: inputs, outputs: width, window: 1, .kaimingNormal(fan: inputs),
        in: scope["conv1"])
      norm2 = try BatchNorm(channels: width, in: scope["norm2"])
      conv2 = try Convolution(
        inputs: width, outputs: growth, window: 3, padding: 1, .kaimingNormal(fan: width * 9),
        in: scope["conv2"])
    }

    func callAsFunction(_ input: Tensor, _ phase: Phase) throws(TensorError) -> Tensor {
      let narrowed = try conv1(norm1(input, phase).rectified())
      return try conv2(norm2(narrowed, phase).rectified())
    }
  }
}

/// Half the channels at half the side.
private struct Transition {
  private let norm: BatchNorm
  private let conv: Convolution

  init(inputs: Int, in scope: ParameterScope) throws(TensorError) {
    norm = try BatchNorm(channels: inputs, in: scope["norm"])
    conv = try Convolution(
      inputs: inputs, outputs: inputs / 2, window: 1, .kaimingNormal(fan: inputs),
      in: scope["conv"])
  }

  func callAsFunction(_ input: Tensor, _ phase: Phase) throws(TensorError) -> Tensor {
    try conv(norm(input, phase).rectified()).averagePooled(window: 2, stride: 2)
  }
}
