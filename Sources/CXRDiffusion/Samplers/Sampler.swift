// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// A way from noise to latents: at which timesteps to ask a network, and what to do with answers.
///
///     var sampler = try configuration.makeSampler(steps: 50)
///     var latents = try noise.normal(shape) * sampler.initialScale
///     for (step, timestep) in sampler.timesteps.enumerated() {
///       let output = try network(latents * sampler.inputScale(at: step), timestep)
///       latents = try sampler.step(output, from: latents, noise: noise)
///     }
///
/// A sampler is made for one batch of images and goes its way once. The numbers of all steps are
/// worked out in float64 when it is made; a step multiplies and adds tensors, in float32.
public protocol Sampler {
  /// The timesteps to ask the network at, in order; fractions where the sampler interpolates.
  ///
  /// Their number is that of the network's runs, which may exceed the steps asked for by one.
  var timesteps: [Double] { get }

  /// What standard normal noise is multiplied by to begin with.
  var initialScale: Double { get }

  /// What the latents are multiplied by before the network sees them.
  ///
  /// - Parameter step: The position in ``timesteps``.
  /// - Returns: A number above 0, at most 1.
  func inputScale(at step: Int) -> Double

  /// Makes the next step.
  ///
  /// - Parameters:
  ///   - output: What the network said of the scaled latents.
  ///   - latents: The latents of this step, which are not changed.
  ///   - noise: Where a random sampler draws from; the others do not.
  /// - Returns: The latents of the next step, float32; after the last step the result.
  /// - Throws: `TensorError` with code `.refused` if the shapes differ.
  /// - Precondition: Steps are left.
  mutating func step(
    _ output: Tensor, from latents: Tensor, noise: some NoiseSource
  ) throws(TensorError) -> Tensor
}

extension Sampler {
  /// The standard deviation of the noise to begin with: 1.
  public var initialScale: Double { 1 }

  /// No scaling.
  public func inputScale(at step: Int) -> Double { 1 }
}
