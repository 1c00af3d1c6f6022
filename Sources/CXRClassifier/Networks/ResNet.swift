// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// A residual network (He et al., <https://arxiv.org/abs/1512.03385>), with torchvision's names and
/// initial numbers.
public struct ResNet {
  private let stem: Convolution
  private let stemNorm: BatchNorm
  private let blocks: [ResidualBlock]
  private let head: ClassifierLayers

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  public init(
    _ configuration: ResNetConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    var channels = 64
    stem = try Convolution(
      inputs: configuration.inputChannels, outputs: channels, window: 7, stride: 2, padding: 3,
      .kaimingNormal(fan: channels * 49), in: scope["conv1"])
    stemNorm = try BatchNorm(channels: channels, in: scope["bn1"])
    var blocks: [ResidualBlock] = []
    for (stage, count) in configuration.stageBlocks.enumerated() {
      let width = 64 << stage
      for index in 0..<count {
        blocks.append(
          try ResidualBlock(
            configuration.block, inputs: channels, width: width,
            stride: stage > 0 && index == 0 ? 2 : 1, in: scope["layer\(stage + 1)"][index]))
        channels = width * configuration.block.expansion
      }
    }
    self.blocks = blocks
    head = try ClassifierLayers(
      configuration.head, inputs: channels, outputs: configuration.outputs,
      bias: .uniform(inputs: channels), in: scope["fc"])
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
    for block in blocks {
      x = try activations([x]) { x throws(TensorError) in try block(x[0], phase) }
    }
    return try x.mean(along: [2, 3])
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
}

/// Convolutions whose result is added to their input.
private struct ResidualBlock {
  private let layers: [Layer]
  /// What fits the input to the result where the sizes differ.
  private let shortcut: Layer?

  init(
    _ kind: ResNetConfiguration.Block, inputs: Int, width: Int, stride: Int,
    in scope: ParameterScope
  ) throws(TensorError) {
    let outputs = width * kind.expansion
    layers =
      switch kind {
      case .basic:
        [
          try Layer(inputs, width, window: 3, stride: stride, in: scope["conv1"], scope["bn1"]),
          try Layer(width, width, window: 3, stride: 1, in: scope["conv2"], scope["bn2"]),
        ]
      case .bottleneck:
        [
          try Layer(inputs, width, window: 1, stride: 1, in: scope["conv1"], scope["bn1"]),
          try Layer(width, width, window: 3, stride: stride, in: scope["conv2"], scope["bn2"]),
          try Layer(width, outputs, window: 1, stride: 1, in: scope["conv3"], scope["bn3"]),
        ]
      }
    let downsample = scope["downsample"]
    shortcut =
      stride == 1 && inputs == outputs
      ? nil
      : try Layer(inputs, outputs, window: 1, stride: stride, in: downsample[0], downsample[1])
  }

  func callAsFunction(_ input: Tensor, _ phase: Phase) throws(TensorError) -> Tensor {
    var x = input
    for (index, layer) in layers.enumerated() {
      x = try layer(x, phase)
      if index + 1 < layers.count { x = try x.rectified() }
    }
    return try (x + (shortcut?(input, phase) ?? input)).rectified()
  }

  /// A convolution and its normalisation.
  private struct Layer {
    private let conv: Convolution
    private let norm: BatchNorm

    init(
      _ inputs: Int, _ outputs: Int, window: Int, stride: Int, in convScope: ParameterScope,
      _ normScope: ParameterScope
    ) throws(TensorError) {
      conv = try Convolution(
        inputs: inputs, outputs: outputs, window: window, stride: stride, padding: window / 2,
        .kaimingNormal(fan: outputs * window * window), in: convScope)
      norm = try BatchNorm(channels: outputs, in: normScope)
    }

    func callAsFunction(_ input: Tensor, _ phase: Phase) throws(TensorError) -> Tensor {
      try norm(conv(input), phase)
    }
  }
}
