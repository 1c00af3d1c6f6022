// SPDX-License-Identifier: Apache-2.0
internal import CDICOM

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
  private var values: [DICOMTag: String] = [:]

  /// Reads the header of a file.
  ///
  /// - Parameter path: The path of a DICOM file.
  /// - Throws: ``ImageError`` with code `.missing` or `.unreadable`; `.truncated` if the file ends
  ///   in the middle of an element; `.malformed` if it is no DICOM file or is damaged;
  ///   `.unsupported` if its data set is compressed as a whole.
  /// - Complexity: O(size of the header).
  public init(path: String) throws(ImageError) {
    let tags = DICOMTag.allCases
    let numbers = tags.map(\.number)
    guard let header = unsafe cxr_dicom_header_read(path, numbers, numbers.count) else {
      throw ImageError(.unreadable, "\(path) cannot be read: there is no memory left.")
    }
    defer { unsafe cxr_dicom_header_free(header) }
    if let code = unsafe Self.errorCode(cxr_dicom_header_status(header)) {
      throw unsafe ImageError(code, "\(path) \(String(cString: cxr_dicom_header_problem(header)))")
    }
    for (index, tag) in tags.enumerated() {
      var count = 0
      guard let start = unsafe cxr_dicom_header_value(header, index, &count) else { continue }
      let text = unsafe UnsafeRawBufferPointer(start: start, count: count)
      values[tag] = unsafe String(decoding: text, as: UTF8.self)
    }
  }

  /// The text of an element without the spaces around it, or `nil` if the header lacks it.
  ///
  /// Several values are separated by backslashes.
  ///
  /// - Parameter tag: The element.
  public subscript(tag: DICOMTag) -> String? { values[tag] }

  static func errorCode(_ status: cxr_dicom_status) -> ImageError.Code? {
    switch status {
    case .read: nil
    case .missing: .missing
    case .unreadable: .unreadable
    case .truncated: .truncated
    case .malformed: .malformed
    case .unsupported: .unsupported
    }
  }
}
