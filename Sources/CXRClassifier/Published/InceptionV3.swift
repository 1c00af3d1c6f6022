// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// The Inception v3 whose features Fréchet distances are taken of (FID): the network of TensorFlow
/// 2015 with torchvision's names, without its last layer.
///
/// It differs from torchvision's own in two ways: means of windows leave out the zeros around the
/// picture, and the last block takes the largest value of a window instead of its mean.
///
/// - SeeAlso: Szegedy et al., *CVPR* 2016, <https://arxiv.org/abs/1512.00567>; Heusel et al.,
///   *NeurIPS* 2017, <https://arxiv.org/abs/1706.08500>.
public struct InceptionV3 {
  /// The number of features of a picture.
  public static let featureCount = 2048

  private let stem: [Convolution]
  private let blocks: [InceptionBlock]

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  public init(in scope: ParameterScope) throws(TensorError) {
    stem = [
      try Convolution("Conv2d_1a_3x3", 3, 32, [3, 3], stride: 2, in: scope),
      try Convolution("Conv2d_2a_3x3", 32, 32, [3, 3], in: scope),
      try Convolution("Conv2d_2b_3x3", 32, 64, [3, 3], isPadded: true, in: scope),
      try Convolution("Conv2d_3b_1x1", 64, 80, [1, 1], in: scope),
      try Convolution("Conv2d_4a_3x3", 80, 192, [3, 3], in: scope),
    ]
    blocks = [
      try .small(192, pooled: 32, in: scope["Mixed_5b"]),
      try .small(256, pooled: 64, in: scope["Mixed_5c"]),
      try .small(288, pooled: 64, in: scope["Mixed_5d"]),
      try .firstReduction(288, in: scope["Mixed_6a"]),
      try .medium(768, width: 128, in: scope["Mixed_6b"]),
      try .medium(768, width: 160, in: scope["Mixed_6c"]),
      try .medium(768, width: 160, in: scope["Mixed_6d"]),
      try .medium(768, width: 192, in: scope["Mixed_6e"]),
      try .secondReduction(768, in: scope["Mixed_7a"]),
      try .large(1280, pooling: .mean, in: scope["Mixed_7b"]),
      try .large(2048, pooling: .largest, in: scope["Mixed_7c"]),
    ]
  }

  /// The features of pictures.
  ///
  /// - Parameter pictures: Shape `[batch, 3, 299, 299]`, −1 to 1.
  /// - Returns: Shape `[batch, 2048]`.
  /// - Throws: `TensorError` if the channels differ or memory is short.
  public func callAsFunction(_ pictures: Tensor) throws(TensorError) -> Tensor {
    var x = pictures
    for (index, layer) in stem.enumerated() {
      if index == 3 { x = try x.maxPooled(window: 3, stride: 2) }
      x = try layer(x)
    }
    x = try x.maxPooled(window: 3, stride: 2)
    for block in blocks { x = try block(x) }
    return try x.mean(along: [2, 3])
  }

  /// A convolution, its normalisation and ReLU.
  struct Convolution {
    private let weight: Tensor
    private let norm: BatchNorm
    private let stride: Int
    private let padding: (rows: Int, columns: Int)

    /// Makes the layer; padded, it keeps the size at a stride of 1.
    init(
      _ name: String, _ inputs: Int, _ outputs: Int, _ window: [Int], stride: Int = 1,
      isPadded: Bool = false, in scope: ParameterScope
    ) throws(TensorError) {
      let scope = scope[name]
      weight = try scope["conv"].parameter(
        "weight", [outputs, inputs] + window, .kaimingNormal(fan: inputs * window[0] * window[1]))
      norm = try BatchNorm(channels: outputs, epsilon: 1e-3, in: scope["bn"])
      self.stride = stride
      padding = isPadded ? (window[0] / 2, window[1] / 2) : (0, 0)
    }

    func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
      try norm(input.convolved(weight, nil, stride: stride, padding: padding), .evaluation)
        .rectified()
    }
  }
}
