// SPDX-License-Identifier: Apache-2.0

/// A fingerprint of the slopes of an image: where it grows brighter from left to right.
///
/// It is `dhash` of Python's imagehash, to the bit for images of 8 bits; deeper ones are rounded to 8
/// bits first. The image is shrunk to 9 × 8 and neighbours in a row are compared.
public struct DifferenceHash: ImageHash {
  private static let side = 8

  /// The bits, row by row.
  public let bits: UInt64

  /// Creates a fingerprint from its bits.
  ///
  /// - Parameter bits: The bits, the first one highest.
  public init(bits: UInt64) { self.bits = bits }

  /// Takes the fingerprint of an image.
  ///
  /// - Parameter image: The image.
  /// - Complexity: O(pixels).
  public init(_ image: GrayImage) {
    let pixels = image.thumbnail(width: Self.side + 1, height: Self.side)
    var bits: UInt64 = 0
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let left = row * (Self.side + 1) + column
        bits = bits << 1 | (pixels[left + 1] > pixels[left] ? 1 : 0)
      }
    }
    self.init(bits: bits)
  }
}
