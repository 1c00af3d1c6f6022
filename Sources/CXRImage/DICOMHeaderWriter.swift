// SPDX-License-Identifier: Apache-2.0
internal import CDICOM

/// Makes DICOM files: headers alone, or headers with the pixels of an image.
///
/// Headers alone stand in for radiographs wherever nothing else is read. The same elements and
/// pixels give the same bytes.
///
///     var header = DICOMHeaderWriter()
///     header[.patientSex] = "F"
///     header[.patientAge] = "061Y"
///     try header.write(to: "train/0005e8e3701dfb1dd93d53e2ff537b6e.dicom")
public struct DICOMHeaderWriter: Sendable {
  /// The class that every file is said to be of: computed radiography image storage.
  private static let sopClass = (tag: UInt32(0x0008_0016), uid: "1.2.840.10008.5.1.4.1.1.1")

  /// An identity for those who need none of their own.
  private var values: [DICOMTag: String] = [.sopInstanceUID: "2.25.1"]

  /// Creates a header with nothing but an identity.
  public init() {}

  /// The text of an element, or `nil` to leave it out.
  ///
  /// Several values are separated by backslashes. A file must have a SOP instance UID; without a
  /// transfer syntax it is explicit little-endian.
  ///
  /// - Parameter tag: The element.
  public subscript(tag: DICOMTag) -> String? {
    get { values[tag] }
    set { values[tag] = newValue }
  }

  /// Lays the header out as a file.
  ///
  /// - Returns: The bytes of the file.
  /// - Throws: ``ImageError`` with code `.unfitValue`, naming the element, if a text is no value of
  ///   its element; `.unwritable` if the header as a whole cannot be written.
  public func bytes() throws(ImageError) -> [UInt8] {
    try unsafe bytes { (_) throws(ImageError) in }
  }

  /// Lays the header out as a file, together with what is added to it.
  ///
  /// - Parameter addPixels: Adds elements that are no ``DICOMTag``.
  /// - Returns: The bytes of the file.
  /// - Throws: ``ImageError`` as ``bytes()``.
  func bytes(
    adding addPixels: (OpaquePointer) throws(ImageError) -> Void
  ) throws(ImageError) -> [UInt8] {
    guard let draft = unsafe cxr_dicom_draft_new() else {
      throw ImageError(.unwritable, "There is no memory left for a DICOM header.")
    }
    defer { unsafe cxr_dicom_draft_free(draft) }
    try unsafe Self.require(
      cxr_dicom_draft_set(
        draft, Self.sopClass.tag, Self.sopClass.uid, Self.sopClass.uid.utf8.count),
      "SOPClassUID")
    for tag in DICOMTag.allCases {
      guard let text = values[tag] else { continue }
      try unsafe Self.require(
        cxr_dicom_draft_set(draft, tag.number, text, text.utf8.count), tag.keyword)
    }
    try unsafe addPixels(draft)
    var start: UnsafePointer<CChar>?
    var count = 0
    if let problem = unsafe cxr_dicom_draft_write(draft, &start, &count) {
      throw ImageError(
        .unwritable,
        "\(unsafe String(cString: problem)); give SOPInstanceUID a value.")
    }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Writes the file, whole or not at all.
  ///
  /// - Parameter path: The path of the file; its folder must exist.
  /// - Throws: ``ImageError`` as ``bytes()``, and with code `.unwritable` if the file cannot be
  ///   written.
  public func write(to path: String) throws(ImageError) {
    try ImageFile.write(bytes(), to: path)
  }

  /// Throws if there is a problem with an element.
  static func require(
    _ problem: UnsafePointer<CChar>?, _ keyword: String
  ) throws(ImageError) {
    guard let problem = unsafe problem else { return }
    throw ImageError(.unfitValue, "\(keyword): \(unsafe String(cString: problem)).")
  }
}
