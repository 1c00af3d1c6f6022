// SPDX-License-Identifier: Apache-2.0

/// The channels that a PNG file of a gray image has; the raw value is their number.
public enum PNGChannels: UInt8, Sendable {
  /// Gray alone.
  case gray = 1
  /// Red, green and blue, all of them the gray, and full opacity: as one in a hundred of NIH's
  /// files.
  case redGreenBlueAlpha = 4

  /// The samples of pixels, with the gray repeated as often as the channels ask for.
  ///
  /// - Parameters:
  ///   - pixels: The gray.
  ///   - opaque: The largest value.
  /// - Returns: The samples, pixel by pixel.
  func samples<Sample>(
    of pixels: ContiguousArray<Sample>, opaque: Sample
  ) -> ContiguousArray<Sample> {
    guard self == .redGreenBlueAlpha else { return pixels }
    var samples = ContiguousArray<Sample>()
    samples.reserveCapacity(4 * pixels.count)
    for pixel in pixels {
      for _ in 0..<3 { samples.append(pixel) }
      samples.append(opaque)
    }
    return samples
  }
}
