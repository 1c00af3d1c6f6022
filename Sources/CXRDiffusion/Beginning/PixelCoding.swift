// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// How an autoencoder that has learned nothing maps pictures to latent ones: pixels stay pixels.
///
/// A latent picture is the picture itself, or one of half or a quarter of the sides, as gray values
/// of mean 0 and standard deviation 1. Decoding enlarges it by linear interpolation. All this is
/// written as weights of ``Autoencoder``, so that a model which learns from scratch lies in a folder
/// of the same kind as a published one.
///
///     let autoencoder = try PixelCoding(reduction: 2).autoencoder(side: 64, on: .cpu)
public struct PixelCoding: Hashable, Sendable {
  /// How many pixels of a row become one: 1, 2, 4 or 8.
  public var reduction = 1
  /// The mean of pixels, from −1 to 1.
  public var mean = 0.0
  /// Their standard deviation, above 0.
  public var deviation = 0.5

  /// Keeps the sides, for pixels of mean 0 and standard deviation 0.5.
  public init() {}

  /// The numbers of ``reduction``.
  public static let reductions = [1, 2, 4, 8]

  /// The sizes of the network for pictures of a side.
  func configuration(side: Int) -> AutoencoderConfiguration {
    var configuration = AutoencoderConfiguration()
    configuration.sampleSize = side
    configuration.latentChannels = 1
    configuration.channels = Array(
      repeating: Self.channels, count: reduction.trailingZeroBitCount + 1)
    configuration.normGroups = 1
    configuration.scalingFactor = 1
    return configuration
  }

  /// Makes the network.
  ///
  /// - Parameters:
  ///   - side: The side of pictures.
  ///   - device: Where it computes.
  /// - Returns: The network.
  /// - Throws: `TensorError` without libtorch or the device.
  /// - Precondition: ``reduction`` is one of ``reductions``, ``deviation`` above 0.
  public func autoencoder(
    side: Int, on device: Device
  ) throws(TensorError) -> DiffusionNetwork<Autoencoder> {
    precondition(Self.reductions.contains(reduction) && deviation > 0)
    let network = try DiffusionNetwork<Autoencoder>(
      configuration(side: side), seed: 0, on: device)
    try withoutGradients { () throws(TensorError) in
      for entry in network.state.entries { try entry.tensor.fill(0) }
      try fill(network.state)
    }
    return network
  }
}

// Blocks add nothing to what comes in while their last weights are 0. What is left are convolutions
// and, at the ends of encoder and decoder, a normalisation and SiLU. Four channels make these two
// the identity: the value, its negative, and ±`marker`, beside which values are small. The mean of
// the four is 0 and their variance nearly the marker's, whatever the picture; and SiLU does not
// change a value to which `shift` is added.
extension PixelCoding {
  private static let channels = 4
  private static let marker = 256.0
  private static let shift = 20.0
  /// The least logarithm of a variance, so that sampling adds nothing that shows.
  private static let logVariance = -30.0
  /// Linear interpolation of pixels that were doubled.
  private static let interpolation = [0.25, 0.5, 0.25]

  private func fill(_ state: StateDictionary) throws(TensorError) {
    let halvings = reduction.trailingZeroBitCount
    try setInput("encoder.conv_in", weights: [1.0 / 3, 1.0 / 3, 1.0 / 3], bias: 0, in: state)
    for level in 0..<halvings {
      // Zeros are added on the right and below, which these places do not reach.
      let quarter = [0.25, 0.25, 0, 0.25, 0.25, 0, 0, 0, 0]
      try setDiagonal(
        "encoder.down_blocks.\(level).downsamplers.0.conv",
        kernels: Array(repeating: quarter, count: Self.channels), in: state)
    }
    try setNorm("encoder.conv_norm_out", in: state)
    try set("encoder.conv_out.weight", [(Self.center, 1 / deviation)], in: state)
    try set(
      "encoder.conv_out.bias", [(0, (-Self.shift - mean) / deviation), (1, Self.logVariance)],
      in: state)
    try set("quant_conv.weight", [(0, 1), (3, 1)], in: state)
    try set("post_quant_conv.weight", [(0, 1)], in: state)

    // Black is 0 here, because it is with zeros that convolutions surround a picture.
    try setInput("decoder.conv_in", weights: [deviation], bias: mean + 1, in: state)
    let enlargement = Self.interpolation.flatMap { row in Self.interpolation.map { row * $0 } }
    let identity = (0..<9).map { $0 == Self.center ? 1.0 : 0 }
    for level in 0..<halvings {
      try setDiagonal(
        "decoder.up_blocks.\(level).upsamplers.0.conv",
        kernels: [enlargement, enlargement, identity, identity], in: state)
    }
    try setNorm("decoder.conv_norm_out", in: state)
    try set(
      "decoder.conv_out.weight", (0..<3).map { ($0 * Self.channels * 9 + Self.center, 1) },
      in: state)
    try set("decoder.conv_out.bias", (0..<3).map { ($0, -Self.shift - 1) }, in: state)
  }

  /// The middle of a kernel of 3 × 3.
  private static let center = 4

  /// The value of a picture's channels, its negative and the markers.
  private func setInput(
    _ name: String, weights: [Double], bias: Double, in state: StateDictionary
  ) throws(TensorError) {
    let places = weights.indices.flatMap { input in
      [
        (input * 9 + Self.center, weights[input]),
        ((weights.count + input) * 9 + Self.center, -weights[input]),
      ]
    }
    try set("\(name).weight", places, in: state)
    try set(
      "\(name).bias", [(0, bias), (1, -bias), (2, Self.marker), (3, -Self.marker)], in: state)
  }

  /// A kernel for each channel by itself.
  private func setDiagonal(
    _ name: String, kernels: [[Double]], in state: StateDictionary
  ) throws(TensorError) {
    let places = kernels.indices.flatMap { channel in
      kernels[channel].enumerated().map { place, value in
        ((channel * Self.channels + channel) * 9 + place, value)
      }
    }
    try set("\(name).weight", places, in: state)
  }

  /// Undoes the normalisation of the value, and adds the shift.
  private func setNorm(_ name: String, in state: StateDictionary) throws(TensorError) {
    try set("\(name).weight", [(0, Self.marker / 2.0.squareRoot())], in: state)
    try set("\(name).bias", [(0, Self.shift)], in: state)
  }

  /// Puts numbers in the place of zeros.
  private func set(
    _ name: String, _ places: [(Int, Double)], in state: StateDictionary
  ) throws(TensorError) {
    guard let tensor = state[name] else { preconditionFailure("the network has \(name)") }
    var values = [Float](repeating: 0, count: tensor.count)
    for (place, value) in places { values[place] = Float(value) }
    try tensor.assign(Tensor(values, shape: tensor.shape))
  }
}
