// SPDX-License-Identifier: Apache-2.0
internal import CDICOM

extension DICOMHeaderWriter {
  private static let samplesPerPixel = (tag: UInt32(0x0028_0002), text: "1")

  /// Lays header and pixels out as a file.
  ///
  ///     var header = DICOMHeaderWriter()
  ///     header[.photometricInterpretation] = "MONOCHROME1"
  ///     let file = try header.bytes(with: image, storedAs: .jpeg2000Lossless)
  ///
  /// Values are stored as they are, `bitDepth` bits in 8 or 16; the elements that describe them
  /// are set, over what they were set to. With the photometric interpretation `MONOCHROME1` values
  /// are stored turned round, so that the file shows the same picture. Windows and rescaling are
  /// the caller's.
  ///
  /// - Parameters:
  ///   - image: The image, at most 65,535 pixels a side.
  ///   - encoding: How the pixels are stored.
  /// - Returns: The bytes of the file.
  /// - Throws: ``ImageError`` as ``bytes()``.
  public func bytes(
    with image: GrayImage, storedAs encoding: DICOMPixelEncoding = .uncompressed
  ) throws(ImageError) -> [UInt8] {
    var header = self
    let isTurned = self[.photometricInterpretation] == DICOMImage.Photometric.monochrome1.rawValue
    header[.transferSyntaxUID] = encoding.transferSyntaxUID
    header[.photometricInterpretation] =
      self[.photometricInterpretation] ?? DICOMImage.Photometric.monochrome2.rawValue
    header[.rows] = String(image.height)
    header[.columns] = String(image.width)
    header[.bitsAllocated] = image.bitDepth > 8 ? "16" : "8"
    header[.bitsStored] = String(image.bitDepth)
    header[.highBit] = String(image.bitDepth - 1)
    header[.pixelRepresentation] = "0"
    let words = image.storedWords(isTurned: isTurned)
    return try unsafe header.bytes { draft throws(ImageError) in
      let samples = Self.samplesPerPixel
      try unsafe Self.require(
        cxr_dicom_draft_set(draft, samples.tag, samples.text, samples.text.utf8.count),
        "SamplesPerPixel")
      switch encoding {
      case .uncompressed:
        let bytes = Self.littleEndian(words, isWide: image.bitDepth > 8)
        try unsafe Self.require(
          cxr_dicom_draft_set_pixels(draft, bytes, bytes.count), "PixelData")
      case .jpeg2000Lossless:
        try unsafe Self.require(
          cxr_dicom_draft_set_jpeg_2000(
            draft, words, UInt32(image.width), UInt32(image.height), UInt8(image.bitDepth)),
          "PixelData")
      }
    }
  }

  /// Writes header and pixels as a file, whole or not at all; see ``bytes(with:storedAs:)``.
  ///
  /// - Parameters:
  ///   - image: The image, at most 65,535 pixels a side.
  ///   - encoding: How the pixels are stored.
  ///   - path: The path of the file; its folder must exist.
  /// - Throws: ``ImageError`` as ``bytes()``, and with code `.unwritable` if the file cannot be
  ///   written.
  public func write(
    _ image: GrayImage, storedAs encoding: DICOMPixelEncoding = .uncompressed, to path: String
  ) throws(ImageError) {
    try ImageFile.write(bytes(with: image, storedAs: encoding), to: path)
  }

  /// The pixels as bytes, an even number of them.
  private static func littleEndian(_ words: [UInt16], isWide: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 2)
    for word in words {
      bytes.append(UInt8(word & 0xFF))
      if isWide { bytes.append(UInt8(word >> 8)) }
    }
    if !bytes.count.isMultiple(of: 2) { bytes.append(0) }
    return bytes
  }
}

extension GrayImage {
  /// The pixels as 16-bit words.
  fileprivate func storedWords(isTurned: Bool) -> [UInt16] {
    let words: [UInt16] =
      switch pixels {
      case .bytes(let bytes): bytes.map { UInt16($0) }
      case .words(let words): Array(words)
      }
    return isTurned ? words.map { UInt16(maximum) - $0 } : words
  }
}
