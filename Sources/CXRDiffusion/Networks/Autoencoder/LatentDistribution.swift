// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// What an ``Autoencoder`` makes of a picture: a normal distribution for each number of the latent
/// picture.
public struct LatentDistribution {
  /// The means, `[batch, latentChannels, rows, columns]`.
  public let mean: Tensor
  /// The logarithms of the variances, −30 to 20, of the same shape.
  public let logVariance: Tensor

  /// Creates a distribution from what an encoder gives.
  ///
  /// - Parameter moments: Means and logarithms, joined along the channels.
  /// - Throws: `TensorError` with code `.refused` for an odd number of channels.
  init(moments: Tensor) throws(TensorError) {
    let parts = try moments.chunks(2, along: 1)
    mean = parts[0]
    logVariance = try parts[1].clamped(to: -30...20)
  }

  /// Draws a latent picture.
  ///
  /// - Parameter noise: Standard normal numbers of the shape of the means.
  /// - Returns: The latent picture, not yet multiplied by the model's scaling factor.
  /// - Throws: `TensorError` with code `.refused` if the shape differs.
  public func sample(noise: Tensor) throws(TensorError) -> Tensor {
    try mean + (logVariance * 0.5).exponential() * noise
  }

  /// Draws a latent picture.
  ///
  /// - Parameter generator: A generator of the device; `nil` for the one that operators share.
  /// - Returns: The latent picture, not yet multiplied by the model's scaling factor.
  /// - Throws: `TensorError` if memory is short.
  public func sample(from generator: Generator?) throws(TensorError) -> Tensor {
    try sample(
      noise: Tensor.normal(mean.shape, as: mean.scalarType, from: generator, on: mean.device))
  }
}
