// SPDX-License-Identifier: Apache-2.0

/// How the elements of a DICOM data set are laid out.
///
/// - SeeAlso: DICOM PS3.5, chapter 7 and annex A.
struct DICOMEncoding {
  /// The layout of the meta information, and of most data sets.
  static let explicitLittleEndian = DICOMEncoding(isExplicit: true, isLittleEndian: true)
  /// The layout of data sets that name no types.
  static let implicitLittleEndian = DICOMEncoding(isExplicit: false, isLittleEndian: true)

  /// Whether each element names the type of its value.
  let isExplicit: Bool
  /// Whether the low byte of a number comes first.
  let isLittleEndian: Bool

  init(isExplicit: Bool, isLittleEndian: Bool) {
    self.isExplicit = isExplicit
    self.isLittleEndian = isLittleEndian
  }

  /// The layout that a transfer syntax stands for; `nil` if the data set is compressed as a whole.
  ///
  /// - Parameter transferSyntaxUID: The transfer syntax of the file.
  init?(transferSyntaxUID: String) {
    switch transferSyntaxUID {
    case "1.2.840.10008.1.2": self = .implicitLittleEndian
    case "1.2.840.10008.1.2.2": self.init(isExplicit: true, isLittleEndian: false)
    case "1.2.840.10008.1.2.1.99": return nil
    default: self = .explicitLittleEndian
    }
  }

  /// Returns a 16-bit number.
  func number16(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    let (first, second) = (UInt16(bytes[bytes.startIndex]), UInt16(bytes[bytes.startIndex + 1]))
    return isLittleEndian ? second << 8 | first : first << 8 | second
  }

  /// Returns a 32-bit number.
  func number32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    let first = UInt32(number16(bytes))
    let second = UInt32(number16(bytes[(bytes.startIndex + 2)...]))
    return isLittleEndian ? second << 16 | first : first << 16 | second
  }
}
