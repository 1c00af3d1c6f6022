// SPDX-License-Identifier: Apache-2.0

/// How DICOM files are encoded, by UID.
///
/// - SeeAlso: DICOM PS3.5 section 10 and annex A.
enum DICOMTransferSyntax {
  /// Explicit types, little-endian, uncompressed.
  static let explicitLittleEndian = "1.2.840.10008.1.2.1"
  /// Run lengths.
  static let runLengths = "1.2.840.10008.1.2.5"
  /// JPEG 2000 without loss.
  static let jpeg2000Lossless = "1.2.840.10008.1.2.4.90"

  /// What is read: uncompressed, JPEG, JPEG-LS, JPEG 2000, run lengths.
  private static let supported: Set<String> = [
    "1.2.840.10008.1.2", explicitLittleEndian, "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81", jpeg2000Lossless,
    "1.2.840.10008.1.2.4.91", runLengths,
  ]

  /// Names by the numbers that follow the prefix of most compressed transfer syntaxes.
  private static let names: [(numbers: ClosedRange<Int>, name: String)] = [
    (52...66, "a retired JPEG process"), (92...93, "JPEG 2000 part 2"), (94...95, "JPIP"),
    (100...108, "MPEG video"), (110...112, "JPEG XL"), (201...203, "HTJ2K"),
    (204...205, "JPIP HTJ2K"),
  ]

  /// Names a transfer syntax that is not read.
  ///
  /// - Parameter uid: A UID.
  /// - Returns: Name and UID, or `nil` if the transfer syntax is read.
  static func unsupportedName(_ uid: String) -> String? {
    guard !supported.contains(uid) else { return nil }
    let prefix = "1.2.840.10008.1.2.4."
    guard uid.hasPrefix(prefix), let number = Int(uid.dropFirst(prefix.count)),
      let name = names.first(where: { $0.numbers.contains(number) })?.name
    else { return DICOMElementReader.quotable(uid) }
    return "\(name) (\(uid))"
  }
}
