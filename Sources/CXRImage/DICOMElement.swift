// SPDX-License-Identifier: Apache-2.0

/// The beginning of a DICOM element: everything but the value.
struct DICOMElement {
  /// The length that stands for a value which ends with a delimiter.
  static let undefinedLength: UInt32 = 0xFFFF_FFFF
  /// The beginning of an item of a sequence.
  static let item: UInt32 = 0xFFFE_E000
  /// The end of an item whose length is undefined.
  static let itemEnd: UInt32 = 0xFFFE_E00D
  /// The end of a sequence whose length is undefined.
  static let sequenceEnd: UInt32 = 0xFFFE_E0DD

  /// The group in the upper 16 bits, the element in the lower 16.
  let tag: UInt32
  /// The two letters of the type, empty if the file does not tell.
  let representation: String
  /// The number of bytes of the value, or ``undefinedLength``.
  let length: UInt32
  /// Where in the file the value begins.
  let valueOffset: Int

  /// The group and the element, as people write them.
  var name: String {
    let digits = String(tag, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: 8 - digits.count) + digits
    return "(\(padded.prefix(4)),\(padded.suffix(4)))"
  }
}
