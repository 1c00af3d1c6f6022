// SPDX-License-Identifier: Apache-2.0

/// The printable characters that byte-level vocabularies write for the 256 bytes.
///
/// Bytes 33–126, 161–172 and 174–255 stand for themselves; the other 68 become the code points
/// from 256 on, in ascending order.
enum ByteAlphabet {
  /// The character of each byte.
  static let characters: [Unicode.Scalar] = {
    var next: UInt32 = 256
    return (UInt8.min...UInt8.max).map { byte in
      switch byte {
      case 33...126, 161...172, 174...255: return Unicode.Scalar(byte)
      default:
        defer { next += 1 }
        return Unicode.Scalar(next) ?? Unicode.Scalar(byte)
      }
    }
  }()

  /// The byte of each character.
  static let bytes = Dictionary(
    uniqueKeysWithValues: characters.enumerated().map { ($1, UInt8($0)) })

  /// Returns the bytes that a token's spelling stands for, or `nil` if it holds another character.
  static func decoded(_ spelling: some StringProtocol) -> [UInt8]? {
    var decoded: [UInt8] = []
    for scalar in spelling.unicodeScalars {
      guard let byte = bytes[scalar] else { return nil }
      decoded.append(byte)
    }
    return decoded
  }
}
