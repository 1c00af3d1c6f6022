// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTensor
internal import Foundation

/// The noise that an image begins with.
///
/// It is drawn in Swift, from all 64 bits of a seed, because libtorch's generator on the processor
/// takes only 32 of them, by which a few of half a million images would begin alike; and it is the
/// same for the processor and for any device.
public enum LatentNoise {
  /// Draws standard normal noise (Box–Muller, in float64).
  ///
  /// - Parameters:
  ///   - seed: The seed of the image.
  ///   - count: How many numbers.
  /// - Returns: The numbers; fewer of the same seed are their beginning.
  /// - Complexity: O(`count`).
  public static func values(seed: UInt64, count: Int) -> [Float] {
    let stream = RandomStream(seed: seed, purpose: "diffusion.latents", index: 0)
    var values: [Float] = []
    values.reserveCapacity(count + 1)
    while values.count < count {
      // 1 less a number below 1 is above 0, of which there is a logarithm.
      let radius = (-2 * log(1 - stream.unit(at: values.count))).squareRoot()
      let angle = 2 * Double.pi * stream.unit(at: values.count + 1)
      values += [Float(radius * cos(angle)), Float(radius * sin(angle))]
    }
    if values.count > count { values.removeLast() }
    return values
  }

  /// Draws the noise of a batch.
  ///
  /// - Parameters:
  ///   - seeds: One for each image.
  ///   - shape: Channels, rows and columns of an image.
  ///   - device: Where the noise goes.
  /// - Returns: Shape `[seeds, channels, rows, columns]`, float32.
  /// - Throws: `TensorError` without the device, or if memory is short.
  public static func batch(
    seeds: [UInt64], shape: [Int], on device: Device
  ) throws(TensorError) -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor(
      seeds.flatMap { values(seed: $0, count: count) }, shape: [seeds.count] + shape
    ).converted(on: device)
  }
}
