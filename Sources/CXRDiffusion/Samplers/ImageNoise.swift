// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// Noise that each image of a batch draws from a generator of its own.
///
/// What an image becomes therefore depends on its seed and the device, not on the images beside it.
///
///     let noise = try ImageNoise(seeds: [11, 12], on: device)
///     let latents = try noise.normal([2, 4, 64, 64])
///
/// On the processor only the lower 32 bits of a seed count, as in PyTorch.
public struct ImageNoise: NoiseSource {
  private let generators: [Generator]
  private let device: Device

  /// Creates generators.
  ///
  /// - Parameters:
  ///   - seeds: One per image; equal seeds give equal noise.
  ///   - device: Where the noise is drawn and lies.
  /// - Throws: `TensorError` with code `.unavailable` without libtorch or the device.
  public init(seeds: [UInt64], on device: Device = .cpu) throws(TensorError) {
    var generators: [Generator] = []
    for seed in seeds { generators.append(try Generator(seed: seed, on: device)) }
    self.generators = generators
    self.device = device
  }

  /// Draws the next noise of every image.
  ///
  /// - Parameter shape: The lengths of the axes, the first of which is the number of images.
  /// - Returns: A float32 tensor.
  /// - Throws: `TensorError` with code `.outOfMemory`.
  /// - Precondition: There is one seed per image.
  public func normal(_ shape: [Int]) throws(TensorError) -> Tensor {
    precondition(
      shape.first == generators.count, "noise \(shape) of \(generators.count) generators")
    let one = Array(shape.dropFirst())
    var drawn: [Tensor] = []
    for generator in generators {
      drawn.append(try Tensor.normal(one, from: generator, on: device))
    }
    return try Tensor.stacked(drawn)
  }
}
