// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

extension NoiseSchedule {
  /// Mixes latents with noise.
  ///
  /// - Parameters:
  ///   - latents: Clean latents, the first axis of which is the image.
  ///   - noise: Standard normal noise of the same shape.
  ///   - timesteps: One per image, in 0 ..< ``count``.
  /// - Returns: √ᾱ · latents + √(1 − ᾱ) · noise, by image.
  /// - Throws: `TensorError` with code `.refused` if the shapes do not fit.
  /// - Precondition: There is one timestep per image, in its range.
  public func noised(
    _ latents: Tensor, with noise: Tensor, at timesteps: [Int]
  ) throws(TensorError) -> Tensor {
    let signal = try column(timesteps.map(signalScale), for: latents)
    return try signal * latents + column(timesteps.map(noiseScale), for: latents) * noise
  }

  /// What a network is to say of latents mixed with noise.
  ///
  /// - Parameters:
  ///   - prediction: What the network predicts.
  ///   - latents: Clean latents, the first axis of which is the image.
  ///   - noise: The noise that is mixed in.
  ///   - timesteps: One per image, in 0 ..< ``count``.
  /// - Returns: The noise, √ᾱ · noise − √(1 − ᾱ) · latents, or the latents.
  /// - Throws: `TensorError` with code `.refused` if the shapes do not fit.
  /// - Precondition: There is one timestep per image, in its range.
  public func target(
    of prediction: PredictionType, latents: Tensor, noise: Tensor, at timesteps: [Int]
  ) throws(TensorError) -> Tensor {
    switch prediction {
    case .epsilon: return noise
    case .sample: return latents
    case .velocity:
      let signal = try column(timesteps.map(signalScale), for: latents)
      return try signal * noise - column(timesteps.map(noiseScale), for: latents) * latents
    }
  }

  /// One number per image, shaped to be multiplied with latents.
  private func column(_ values: [Double], for latents: Tensor) throws(TensorError) -> Tensor {
    precondition(
      latents.shape.first == values.count, "\(values.count) timesteps for latents \(latents)")
    let ones = Array(repeating: 1, count: latents.rank - 1)
    return try Tensor(values, shape: [values.count] + ones)
      .converted(to: latents.scalarType, on: latents.device)
  }
}
