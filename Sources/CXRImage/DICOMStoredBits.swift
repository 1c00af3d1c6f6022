// SPDX-License-Identifier: Apache-2.0

/// Which bits of a stored pixel carry its value.
struct DICOMStoredBits {
  private let shift: Int
  private let mask: UInt16
  /// The highest bit of the value, if it is a sign.
  private let sign: UInt16

  /// Takes what the header says.
  ///
  /// - Parameter header: The header.
  init(_ header: DICOMPixelHeader) {
    self.init(
      highBit: header.highBit, bitsStored: header.bitsStored, isSigned: header.isSigned)
  }

  /// Takes bits of any place.
  ///
  /// - Parameters:
  ///   - highBit: The number of the highest bit.
  ///   - bitsStored: The number of bits.
  ///   - isSigned: Whether the highest bit is a sign.
  init(highBit: Int, bitsStored: Int, isSigned: Bool) {
    shift = highBit + 1 - bitsStored
    mask = .max >> UInt16(16 - bitsStored)
    sign = isSigned ? 1 << UInt16(bitsStored - 1) : 0
  }

  /// Returns the value of a pixel, its sign extended to 16 bits.
  ///
  /// - Parameter word: The pixel as it is stored.
  /// - Returns: The value; a negative one as two's complement.
  func value(of word: UInt16) -> UInt16 {
    let value = word >> UInt16(shift) & mask
    return value & sign != 0 ? value | ~mask : value
  }
}
