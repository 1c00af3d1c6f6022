// SPDX-License-Identifier: Apache-2.0
internal import CDICOM

extension DICOMImage {
  /// Reads the pixels of a DICOM file and what belongs to them.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - limits: How much the file may ask for.
  /// - Throws: ``ImageError`` with code `.missing` or `.unreadable`; `.tooLarge` if a limit is
  ///   passed; `.truncated` if the file ends too early; `.malformed` if it is damaged or has no
  ///   pixels; `.unsupported`, naming what it is, for other transfer syntaxes, several frames,
  ///   colours and more than 16 bits.
  /// - Complexity: O(size of the file + number of pixels).
  public init(contentsOf path: String, limits: ImageLimits = .standard) throws(ImageError) {
    let file = try ImageFile(path: path, byteLimit: limits.fileByteCount)
    self = try unsafe file.bytes.withUnsafeBufferPointer { bytes throws(ImageError) in
      try unsafe DICOMImage(file, bytes: bytes, limits: limits)
    }
  }

  /// Reads the bytes of a DICOM file, as ``init(contentsOf:limits:)`` does.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - name: How errors name the file.
  ///   - limits: How much the file may ask for.
  /// - Throws: ``ImageError`` as for a file that is read.
  /// - Complexity: O(number of bytes + number of pixels).
  public init(
    decoding bytes: [UInt8], name: String, limits: ImageLimits = .standard
  ) throws(ImageError) {
    let file = ImageFile(name: name, bytes: bytes)
    self = try unsafe bytes.withUnsafeBufferPointer { bytes throws(ImageError) in
      try unsafe DICOMImage(file, bytes: bytes, limits: limits)
    }
  }

  /// Reads a file that is in memory.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - bytes: Its content.
  ///   - limits: How much it may ask for.
  ///   - minimumSide: If given, what a JPEG 2000 image is to be shrunk to later.
  /// - Throws: ``ImageError`` as ``init(contentsOf:limits:)``.
  init(
    _ file: ImageFile, bytes: UnsafeBufferPointer<UInt8>, limits: ImageLimits,
    shrinkingTo minimumSide: Int? = nil
  ) throws(ImageError) {
    let tags = DICOMPixelHeader.Element.allCases.map(\.rawValue)
    guard let start = bytes.baseAddress,
      let elements = unsafe cxr_dicom_image_read(start, bytes.count, tags, tags.count)
    else { throw file.outOfMemory }
    defer { unsafe cxr_dicom_header_free(elements) }
    if let code = unsafe DICOMHeader.errorCode(cxr_dicom_header_status(elements)) {
      let words = unsafe String(cString: cxr_dicom_header_problem(elements))
      throw ImageError(code, "\(file.name) \(words)")
    }
    let pixels = unsafe cxr_dicom_header_pixels(elements)
    guard pixels.is_present else {
      throw file.failure(.malformed, "DICOM", "it has no pixels")
    }
    let header = try unsafe Self.header(elements, of: file)
    let size = (width: header.width, height: header.height)
    let count = size.width * size.height
    // The values of the file, and those that are kept.
    let byteCount = count * (header.bitsAllocated / 8 + 2)
    try file.require(width: size.width, height: size.height, byteCount: byteCount, within: limits)
    let words: ContiguousArray<UInt16>
    var halvings = 0
    if pixels.is_encapsulated {
      var codestreamCount = 0
      let codestream = unsafe UnsafeBufferPointer(
        start: cxr_dicom_header_codestream(elements, &codestreamCount), count: codestreamCount)
      // Without a window the lowest and the highest value decide about brightness, and those are
      // others in a smaller image.
      let isShrinkable = header.window != nil || header.displayTable != nil
      let decoder = DICOMFrameDecoder(
        header: header, file: file, limits: limits, minimumSide: isShrinkable ? minimumSide : nil)
      (words, halvings) = try unsafe decoder.words(codestream)
    } else {
      let end = pixels.offset + pixels.count
      guard pixels.count >= count * header.bitsAllocated / 8 else {
        throw file.failure(
          .malformed, "DICOM",
          "its pixels have \(pixels.count) bytes, too few for \(size.width) × \(size.height)")
      }
      let value = unsafe UnsafeBufferPointer(rebasing: bytes[pixels.offset..<end])
      words = unsafe Self.words(value, of: pixels, count: count, header: header)
    }
    self.init(header, words: words, halvings: halvings)
  }

  /// Reads and checks the elements and the lookup tables.
  private static func header(
    _ elements: OpaquePointer, of file: ImageFile
  ) throws(ImageError) -> DICOMPixelHeader {
    var texts: [DICOMPixelHeader.Element: String] = [:]
    for (index, element) in DICOMPixelHeader.Element.allCases.enumerated() {
      var count = 0
      guard let start = unsafe cxr_dicom_header_value(elements, index, &count) else { continue }
      let text = unsafe UnsafeRawBufferPointer(start: start, count: count)
      texts[element] = unsafe String(decoding: text, as: UTF8.self)
    }
    func table(
      _ table: cxr_dicom_table, isSigned: Bool
    ) throws(ImageError) -> DICOMLookupTable? {
      func words(_ part: cxr_dicom_table_part) -> [UInt16] {
        var count = 0
        let start = unsafe cxr_dicom_header_table(elements, table, part, &count)
        return unsafe Array(UnsafeBufferPointer(start: start, count: count))
      }
      let descriptor = words(.descriptor)
      guard !descriptor.isEmpty else { return nil }
      let found = DICOMLookupTable(
        descriptor: descriptor, words: words(.entries), isSigned: isSigned)
      guard let found else {
        throw file.failure(.malformed, "DICOM", "the parts of its lookup table do not go together")
      }
      return found
    }
    var header = try DICOMPixelHeader(texts, of: file)
    header.modalityTable = try table(.modality, isSigned: header.isSigned)
    header.displayTable = try table(.voi, isSigned: header.isSigned)
    return header
  }

  /// Reads uncompressed pixels.
  private static func words(
    _ value: UnsafeBufferPointer<UInt8>, of pixels: cxr_dicom_pixels, count: Int,
    header: DICOMPixelHeader
  ) -> ContiguousArray<UInt16> {
    let bits = DICOMStoredBits(header)
    let isSwapped = pixels.is_big_endian
    return unsafe ContiguousArray(unsafeUninitializedCapacity: count) { words, initializedCount in
      if header.bitsAllocated == 16 {
        for index in 0..<count {
          let (low, high) = unsafe (value[2 * index], value[2 * index + 1])
          let word = isSwapped ? UInt16(low) << 8 | UInt16(high) : UInt16(high) << 8 | UInt16(low)
          unsafe words[index] = bits.value(of: word)
        }
      } else {
        // Bytes in big-endian words come in pairs, the second first.
        let flip = isSwapped && pixels.has_words ? 1 : 0
        for index in 0..<count {
          let byte = unsafe index ^ flip < value.count ? value[index ^ flip] : 0
          unsafe words[index] = bits.value(of: UInt16(byte))
        }
      }
      initializedCount = count
    }
  }
}
