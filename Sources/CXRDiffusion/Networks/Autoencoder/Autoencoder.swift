// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// The network of Stable Diffusion that maps pictures to small latent ones and back (Rombach et al.,
/// <https://arxiv.org/abs/2112.10752>), with diffusers' names and initial numbers.
///
///     let latents = try autoencoder.encode(pictures).sample(from: nil) * configuration.scalingFactor
///     let decoded = try autoencoder.decode(latents / configuration.scalingFactor)
public struct Autoencoder {
  private let configuration: AutoencoderConfiguration
  private let encoder: AutoencoderEncoder
  private let decoder: AutoencoderDecoder
  private let moments, latents: Convolution

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  public init(
    _ configuration: AutoencoderConfiguration, in scope: ParameterScope
  ) throws(TensorError) {
    self.configuration = configuration
    let channels = configuration.latentChannels
    encoder = try AutoencoderEncoder(configuration, in: scope["encoder"])
    decoder = try AutoencoderDecoder(configuration, in: scope["decoder"])
    moments = try scope.pixelwise("quant_conv", inputs: 2 * channels, outputs: 2 * channels)
    latents = try scope.pixelwise("post_quant_conv", inputs: channels, outputs: channels)
  }

  /// Encodes pictures.
  ///
  /// - Parameters:
  ///   - pictures: Numbers from −1 to 1, `[batch, inputChannels, rows, columns]`.
  ///   - parts: What is encoded at once, where memory is short.
  /// - Returns: The distribution of latent pictures, whose sides are
  ///   ``AutoencoderConfiguration/pixelsPerLatent`` times shorter.
  /// - Throws: `TensorError` with code `.refused` if the shape does not fit, `.outOfMemory`.
  public func encode(
    _ pictures: Tensor, in parts: PictureParts = .whole
  ) throws(TensorError) -> LatentDistribution {
    let perLatent = configuration.pixelsPerLatent
    let tiling = try parts.tileSide.map { side throws(TensorError) in
      try Tiling(
        pixels: side, side: side, resultSide: side / perLatent, pixelsPerLatent: perLatent)
    }
    return try LatentDistribution(
      moments: parts.run(pictures, tiling) { pictures throws(TensorError) in
        try moments(encoder(pictures))
      })
  }

  /// Decodes latent pictures.
  ///
  /// - Parameters:
  ///   - latents: `[batch, latentChannels, rows, columns]`, divided by the model's scaling factor.
  ///   - parts: What is decoded at once, where memory is short.
  /// - Returns: Pictures, `[batch, outputChannels, …]`, of numbers from about −1 to 1.
  /// - Throws: `TensorError` with code `.refused` if the shape does not fit, `.outOfMemory`.
  public func decode(
    _ latents: Tensor, in parts: PictureParts = .whole
  ) throws(TensorError) -> Tensor {
    let perLatent = configuration.pixelsPerLatent
    let tiling = try parts.tileSide.map { side throws(TensorError) in
      try Tiling(
        pixels: side, side: side / perLatent, resultSide: side, pixelsPerLatent: perLatent)
    }
    return try parts.run(latents, tiling) { latents throws(TensorError) in
      try decoder(self.latents(latents))
    }
  }
}
