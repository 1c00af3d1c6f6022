// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A fingerprint of the coarse structure of an image: which of its lowest 8 × 8 frequencies are above
/// their median.
///
///     let distance = PerceptualHash(first).distance(to: PerceptualHash(second))
///
/// It is `phash` of Python's imagehash, to the bit for images of 8 bits; deeper ones are rounded to 8
/// bits first. The image is shrunk to 32 × 32 and transformed by a cosine transform.
///
/// - SeeAlso: Zauner, *Implementation and benchmarking of perceptual image hash functions*, 2010.
public struct PerceptualHash: ImageHash {
  private static let side = 32
  private static let kept = 8

  /// Row *k* holds 2 cos(π k (2n + 1) / 64).
  private static let cosines = (0..<kept).map { k in
    (0..<side).map { n in 2 * cos(.pi * Double(k * (2 * n + 1)) / Double(2 * side)) }
  }

  /// The bits, lowest frequencies first and highest.
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
    let pixels = image.thumbnail(width: Self.side, height: Self.side)
    // Columns first: frequency by row, then by column.
    let columns = Self.cosines.map { weights in
      (0..<Self.side).map { column in
        (0..<Self.side).reduce(0.0) { sum, row in
          sum + weights[row] * Double(pixels[row * Self.side + column])
        }
      }
    }
    let frequencies = columns.flatMap { line in
      Self.cosines.map { weights in zip(weights, line).reduce(0.0) { $0 + $1.0 * $1.1 } }
    }
    let sorted = frequencies.sorted()
    let median = (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
    self.init(bits: frequencies.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) })
  }
}
