// SPDX-License-Identifier: Apache-2.0

/// The format of an image file, told by its first bytes and never by its name.
///
///     ImageFormat([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])  // .png
public enum ImageFormat: String, Sendable, CaseIterable {
  /// Portable Network Graphics.
  case png
  /// JPEG, with or without a JFIF or Exif header.
  case jpeg
  /// DICOM, with or without the preamble.
  case dicom

  /// Recognises a format, or gives `nil` if the bytes begin no file of these formats.
  ///
  /// - Parameter bytes: The first 132 bytes of a file, or all of a shorter one.
  public init?(_ bytes: some Collection<UInt8>) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.dropFirst(128).starts(with: "DICM".utf8)
      || bytes.starts(with: [2, 0]) || bytes.starts(with: [8, 0])
    {
      // Without the preamble, a file begins with its meta information or its identification.
      self = .dicom
    } else {
      return nil
    }
  }

  /// The name of a format that is known but not read here, such as `WebP`.
  static func foreignName(_ bytes: some Collection<UInt8>) -> String? {
    let signatures: [(offset: Int, bytes: [UInt8], name: String)] = [
      (0, Array("GIF8".utf8), "a GIF"), (8, Array("WEBP".utf8), "a WebP"),
      (0, Array("BM".utf8), "a BMP"), (0, Array("II*\0".utf8), "a TIFF"),
      (0, Array("MM\0*".utf8), "a TIFF"), (4, Array("ftypavif".utf8), "an AVIF"),
      (4, Array("jP  ".utf8), "a JPEG 2000"), (0, [0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000"),
      (0, [0x1F, 0x8B], "a gzip"), (0, Array("PK\u{3}\u{4}".utf8), "a zip"),
      (0, Array("<".utf8), "an HTML or XML"),
    ]
    return signatures.first { bytes.dropFirst($0.offset).starts(with: $0.bytes) }?.name
  }
}
