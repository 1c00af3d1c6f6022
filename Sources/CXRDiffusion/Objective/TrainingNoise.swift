// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// The noise that a training step mixes into latents.
public struct TrainingNoise: Hashable, Codable, Sendable {
  /// The standard deviation of what a whole channel's noise is moved by; 0 for standard normal
  /// noise, under which a model hardly learns very dark and very bright images.
  public var offset: Double
  /// The standard deviation of noise that the network sees and is not to predict; 0 for none.
  ///
  /// - SeeAlso: Ning et al., *ICML* 2023, <https://arxiv.org/abs/2301.11706>.
  public var perturbation: Double

  /// Creates the settings.
  ///
  /// - Precondition: The numbers are finite and not negative.
  public init(offset: Double = 0, perturbation: Double = 0) {
    precondition(offset >= 0 && offset.isFinite, "a noise offset of \(offset)")
    precondition(perturbation >= 0 && perturbation.isFinite, "a perturbation of \(perturbation)")
    self.offset = offset
    self.perturbation = perturbation
  }

  /// The noise to be predicted, and the noise to be mixed in.
  public typealias Draw = (target: Tensor, mixed: Tensor)

  /// Draws the noise of a batch.
  ///
  /// - Parameters:
  ///   - shape: Images, channels, rows, columns.
  ///   - source: Where it comes from.
  /// - Returns: Two float32 tensors of the shape; one and the same without perturbation.
  /// - Throws: `TensorError` if memory is short.
  /// - Precondition: There are at least two axes.
  public func draw(
    _ shape: [Int], from source: some NoiseSource
  ) throws(TensorError) -> Draw {
    precondition(shape.count >= 2, "noise \(shape) has no channels")
    var target = try source.normal(shape)
    if offset > 0 {
      let channels = shape.prefix(2) + Array(repeating: 1, count: shape.count - 2)
      target = try target + source.normal(Array(channels)) * offset
    }
    guard perturbation > 0 else { return (target, target) }
    return (target, try target + source.normal(shape) * perturbation)
  }
}
