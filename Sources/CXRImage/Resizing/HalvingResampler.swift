// SPDX-License-Identifier: Apache-2.0

/// The area filter for bytes when both sides are halved, as radiographs of 1,024 pixels are for
/// generators: the mean of four pixels, several times as fast as by weights.
enum HalvingResampler {
  /// The number of source bytes in a vector.
  private static let step = 16

  /// Returns `nil` if the sides are not halved or rows are no whole number of vectors.
  static func resample(_ plane: Plane<UInt8>, width: Int, height: Int) -> Plane<UInt8>? {
    guard plane.width == 2 * width && plane.height == 2 * height,
      plane.width.isMultiple(of: step)
    else { return nil }
    var result = ContiguousArray<UInt8>(repeating: 0, count: width * height)
    var pixels = result.mutableSpan
    var output = unsafe pixels.mutableBytes
    let input = unsafe plane.pixels.span.bytes
    for row in 0..<height {
      for offset in stride(from: 0, to: plane.width, by: step) {
        let upper = 2 * row * plane.width + offset
        let sum =
          neighbours(input, at: upper) &+ neighbours(input, at: upper + plane.width)
          &+ SIMD8(repeating: 2)
        let mean = SIMD8<UInt8>(truncatingIfNeeded: sum &>> SIMD8(repeating: 2))
        output.storeBytes(of: mean, toByteOffset: row * width + offset / 2, as: SIMD8<UInt8>.self)
      }
    }
    return plane.with(width: width, height: height, pixels: result)
  }

  /// Sums each even byte and the odd one after it: read as words, the two are the halves of a word,
  /// in whichever order.
  @inline(__always)
  private static func neighbours(_ bytes: borrowing RawSpan, at offset: Int) -> SIMD8<UInt16> {
    // Checked against the end of the span; only the bytes' new meaning is left to us.
    let words = unsafe bytes.unsafeLoadUnaligned(
      fromByteOffset: offset, as: SIMD8<UInt16>.self)
    return (words & SIMD8(repeating: 0xFF)) &+ (words &>> SIMD8(repeating: 8))
  }
}
