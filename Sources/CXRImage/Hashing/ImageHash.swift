// SPDX-License-Identifier: Apache-2.0

/// A fingerprint of 64 bits that changes little when an image is resized, stretched or recompressed.
///
/// Fingerprints of different kinds cannot be compared, so each kind is a type.
public protocol ImageHash: Hashable, Sendable, LosslessStringConvertible {
  /// The bits, the first one highest.
  var bits: UInt64 { get }

  /// Creates a fingerprint from its bits.
  ///
  /// - Parameter bits: The bits, the first one highest.
  init(bits: UInt64)
}

extension ImageHash {
  /// The number of bits in which two fingerprints differ: 0 for duplicates, about 32 by chance.
  ///
  /// - Parameter other: Another fingerprint of the same kind.
  /// - Returns: A number from 0 to 64.
  public func distance(to other: Self) -> Int { (bits ^ other.bits).nonzeroBitCount }

  /// Sixteen hexadecimal digits, as Python's imagehash prints them.
  public var description: String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Reads sixteen hexadecimal digits.
  ///
  /// - Parameter description: The digits.
  public init?(_ description: String) {
    guard description.utf8.count == 16, description.allSatisfy(\.isHexDigit),
      let bits = UInt64(description, radix: 16)
    else { return nil }
    self.init(bits: bits)
  }
}

extension GrayImage {
  /// The image as fingerprints see it: bytes, shrunk by a Lanczos filter.
  func thumbnail(width: Int, height: Int) -> ContiguousArray<UInt8> {
    guard case .bytes(let bytes) = stretched(toBitDepth: 8).pixels else {
      preconditionFailure("eight bits are kept in bytes")
    }
    return Plane(width: self.width, height: self.height, pixels: bytes, bounds: 0...255)
      .resized(width: width, height: height, filter: .lanczos).pixels
  }
}
