// SPDX-License-Identifier: Apache-2.0

/// What the header of a DICOM file says about the patient and the image.
///
/// Only the part of the file in front of the pixels is read. Files without meta information,
/// without a transfer syntax and without pixels are read like any other.
///
///     let header = try DICOMHeader(path: "train/0005e8e3701dfb1dd93d53e2ff537b6e.dicom")
///     header[.patientAge]  // "061Y"
///
/// - SeeAlso: DICOM PS3.5 and PS3.10, <https://www.dicomstandard.org/current>.
public struct DICOMHeader: Sendable {
  /// The most bytes that the value of an element may have.
  private static let valueByteLimit = 1 << 16
  /// The last element that is wanted.
  private static let lastTag = DICOMTag.allCases.map(\.number).max() ?? 0
  private static let tags = Dictionary(
    uniqueKeysWithValues: DICOMTag.allCases.map { ($0.number, $0) })

  private var values: [DICOMTag: String] = [:]

  /// Reads the header of a file.
  ///
  /// - Parameter path: The path of a DICOM file.
  /// - Throws: ``ImageError`` with code `.missing` or `.unreadable`; `.truncated` if the file ends
  ///   in the middle of an element; `.malformed` if it is no DICOM file or is damaged;
  ///   `.unsupported` if its data set is compressed as a whole.
  /// - Complexity: O(size of the header).
  public init(path: String) throws(ImageError) {
    let file = try DICOMFile(path: path)
    var offset = try Self.startOfMetaInformation(file)
    // Meta information is laid out the same way in every file, and ends where its group ends.
    while offset < file.byteCount, try file.tag(at: offset, .explicitLittleEndian) >> 16 == 2 {
      let element = try file.element(at: offset, .explicitLittleEndian)
      try note(element, in: file, .explicitLittleEndian)
      offset = try file.end(of: element, .explicitLittleEndian)
    }
    let encoding = try encoding(of: file, dataSetOffset: offset)
    while offset < file.byteCount, try file.tag(at: offset, encoding) <= Self.lastTag {
      let element = try file.element(at: offset, encoding)
      try note(element, in: file, encoding)
      offset = try file.end(of: element, encoding)
    }
  }

  /// The text of an element without the spaces around it, or `nil` if the header lacks it.
  ///
  /// Several values are separated by backslashes.
  ///
  /// - Parameter tag: The element.
  public subscript(tag: DICOMTag) -> String? { values[tag] }

  private static func startOfMetaInformation(_ file: DICOMFile) throws(ImageError) -> Int {
    if file.byteCount >= 132, try file.bytes(at: 128, count: 4).elementsEqual("DICM".utf8) {
      return 132
    }
    // Without preamble, a file begins with its meta information or with its identification.
    if file.byteCount >= 8 {
      let group = DICOMEncoding.explicitLittleEndian.number16(try file.bytes(at: 0, count: 2))
      if group == 2 || group == 8 { return 0 }
    }
    throw ImageError(.malformed, "\(file.path) is not a DICOM file.")
  }

  private func encoding(
    of file: DICOMFile, dataSetOffset: Int
  ) throws(ImageError) -> DICOMEncoding {
    if let uid = values[.transferSyntaxUID], !uid.isEmpty {
      guard let encoding = DICOMEncoding(transferSyntaxUID: uid) else {
        throw ImageError(
          .unsupported,
          "\(file.path) is deflated as a whole; convert it to another transfer syntax.")
      }
      return encoding
    }
    guard dataSetOffset + 6 <= file.byteCount else { return .explicitLittleEndian }
    let letters = try file.bytes(at: dataSetOffset + 4, count: 2)
    return letters.allSatisfy { (0x41...0x5A).contains($0) }
      ? .explicitLittleEndian : .implicitLittleEndian
  }

  private mutating func note(
    _ element: DICOMElement, in file: DICOMFile, _ encoding: DICOMEncoding
  ) throws(ImageError) {
    guard let tag = Self.tags[element.tag] else { return }
    guard element.length <= Self.valueByteLimit else {
      throw ImageError(
        .malformed, "\(file.path): its element \(element.name) is longer than any value can be.")
    }
    let bytes = try file.bytes(at: element.valueOffset, count: Int(element.length))
    if tag.isNumeric, ["", "US", "UN"].contains(element.representation) {
      let starts = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2)
      values[tag] = starts.map { "\(encoding.number16(bytes[$0...]))" }.joined(separator: "\\")
    } else {
      let padding: [UInt8] = [0x00, 0x20]
      let text = bytes.drop { padding.contains($0) }
      let end = text.lastIndex { !padding.contains($0) }.map { $0 + 1 } ?? text.startIndex
      values[tag] = String(decoding: text[..<end], as: UTF8.self)
    }
  }
}
