// SPDX-License-Identifier: Apache-2.0
internal import CPNG
internal import CTurboJPEG
internal import CXRFiles

extension GrayImage {
  /// Lays the image out as a PNG file.
  ///
  /// Up to 8 bits become 8, more become 16, stretched so that white stays white. The same image
  /// gives the same bytes, as long as zlib is the same.
  ///
  /// - Parameters:
  ///   - level: How hard to compress, 0 to 9; higher is smaller and slower.
  ///   - channels: Whether the gray is repeated as colours.
  ///   - texts: What the file says of itself in words, in this order.
  /// - Returns: The bytes of the file.
  /// - Throws: ``ImageError`` with code `.unwritable` if there is no memory for it.
  /// - Precondition: `level` is 0 to 9, and no side is longer than 2³¹ − 1.
  public func pngBytes(
    level: Int = 6, channels: PNGChannels = .gray, texts: [PNGText] = []
  ) throws(ImageError) -> [UInt8] {
    precondition((0...9).contains(level))
    let letters = texts.flatMap(\.characters)
    var file = unsafe cxr_png_file()
    defer { unsafe cxr_png_file_free(&file) }
    let status: cxr_png_status
    switch stretched.pixels {
    case .bytes(let bytes):
      let samples = channels.samples(of: bytes, opaque: .max)
      status = unsafe samples.withUnsafeBytes { buffer in
        unsafe encode(
          buffer, bitDepth: 8, channels: channels, level: level, texts: letters,
          textCount: texts.count, into: &file)
      }
    case .words(let words):
      let samples = channels.samples(of: words, opaque: .max)
      status = unsafe samples.withUnsafeBytes { buffer in
        unsafe encode(
          buffer, bitDepth: 16, channels: channels, level: level, texts: letters,
          textCount: texts.count, into: &file)
      }
    }
    guard status == .done else {
      throw ImageError(.unwritable, "There is no memory left for a PNG of \(width) × \(height).")
    }
    return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }

  /// Lays the image out as a gray baseline JPEG file.
  ///
  /// The same image and quality give the same bytes, as long as libjpeg-turbo is the same.
  ///
  /// - Parameter quality: libjpeg's scale, 1 to 100; 95 is what MIMIC-CXR-JPG uses.
  /// - Returns: The bytes of the file.
  /// - Throws: ``ImageError`` with code `.unfitValue` if the image has more than 8 bits or a side
  ///   longer than 65,500, `.unwritable` if there is no memory for it.
  /// - Precondition: `quality` is 1 to 100.
  public func jpegBytes(quality: Int = 95) throws(ImageError) -> [UInt8] {
    precondition((1...100).contains(quality))
    guard case .bytes(let pixels) = stretched.pixels, max(width, height) <= 65_500 else {
      throw ImageError(
        .unfitValue,
        "A JPEG holds 8 bits and 65,500 pixels a side; the image has \(bitDepth) bits and "
          + "\(width) × \(height) pixels. Reduce it, or write a PNG.")
    }
    let compressor = unsafe tjInitCompress()
    var start: UnsafeMutablePointer<UInt8>?
    var count: UInt = 0
    defer {
      unsafe tjDestroy(compressor)
      unsafe tjFree(start)
    }
    let status = unsafe pixels.withUnsafeBufferPointer { buffer in
      unsafe tjCompress2(
        compressor, buffer.baseAddress, Int32(width), 0, Int32(height), TJPF_GRAY.rawValue, &start,
        &count, Int32(TJSAMP_GRAY.rawValue), Int32(quality), 0)
    }
    guard status == 0 else {
      throw ImageError(.unwritable, "There is no memory left for a JPEG of \(width) × \(height).")
    }
    return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
  }

  /// Writes the image as a PNG file, whole or not at all; see ``pngBytes(level:channels:texts:)``.
  ///
  /// - Parameters:
  ///   - path: The path of the file; its folder must exist.
  ///   - level: How hard to compress, 0 to 9.
  /// - Throws: ``ImageError`` with code `.unwritable`.
  public func writePNG(to path: String, level: Int = 6) throws(ImageError) {
    try ImageFile.write(pngBytes(level: level), to: path)
  }

  /// Writes the image as a JPEG file, whole or not at all; see ``jpegBytes(quality:)``.
  ///
  /// - Parameters:
  ///   - path: The path of the file; its folder must exist.
  ///   - quality: libjpeg's scale, 1 to 100.
  /// - Throws: ``ImageError`` with code `.unfitValue` or `.unwritable`.
  public func writeJPEG(to path: String, quality: Int = 95) throws(ImageError) {
    try ImageFile.write(jpegBytes(quality: quality), to: path)
  }

  /// The image with 8 or 16 bits, white as white.
  private var stretched: GrayImage {
    let maximum = maximum
    switch pixels {
    case .bytes(let bytes) where bitDepth < 8:
      let stretched = ContiguousArray(
        bytes.map { UInt8((Int($0) * 255 + maximum / 2) / maximum) })
      return GrayImage(width: width, height: height, pixels: .bytes(stretched), bitDepth: 8)
    case .words(let words) where bitDepth < 16:
      let stretched = ContiguousArray(
        words.map { UInt16((Int($0) * 65_535 + maximum / 2) / maximum) })
      return GrayImage(width: width, height: height, pixels: .words(stretched), bitDepth: 16)
    default:
      return self
    }
  }

  private func encode(
    _ pixels: UnsafeRawBufferPointer, bitDepth: UInt8, channels: PNGChannels, level: Int,
    texts: [CChar], textCount: Int, into file: inout cxr_png_file
  ) -> cxr_png_status {
    guard let start = pixels.baseAddress else { return .no_memory }
    return unsafe cxr_png_encode(
      start, UInt32(width), UInt32(height), bitDepth, channels.rawValue, Int32(level), texts,
      textCount, &file)
  }
}

extension ImageFile {
  /// Writes a file whole or not at all.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - path: The path of the file; its folder must exist.
  /// - Throws: ``ImageError`` with code `.unwritable`.
  static func write(_ bytes: [UInt8], to path: String) throws(ImageError) {
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw ImageError(.unwritable, error.message, cause: error)
    }
  }
}
