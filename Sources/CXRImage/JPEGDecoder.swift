// SPDX-License-Identifier: Apache-2.0
internal import CTurboJPEG

/// A JPEG file that is being decoded, closed when it goes out of scope.
///
/// Of a colour image the luminance is taken, as the file stores it.
@safe struct JPEGDecoder: ~Copyable {
  private let file: ImageFile
  private let bytes: UnsafeBufferPointer<UInt8>
  private let handle: tjhandle

  /// Begins to decode.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - bytes: Its content, which outlives the decoder.
  /// - Throws: ``ImageError`` with code `.unreadable` if there is no memory.
  init(_ file: ImageFile, bytes: UnsafeBufferPointer<UInt8>) throws(ImageError) {
    guard let handle = unsafe tjInitDecompress() else { throw file.outOfMemory }
    self.file = file
    unsafe self.bytes = bytes
    unsafe self.handle = handle
  }

  deinit { unsafe tjDestroy(handle) }

  /// Decodes the image.
  ///
  /// - Parameters:
  ///   - limits: What the file may ask for.
  ///   - minimumSide: The shortest that the shorter side may become, or `nil` for the full size.
  ///     The image is decoded at an eighth, a quarter, half or all of its size.
  /// - Returns: The image; sides that do not divide are rounded up.
  /// - Throws: ``ImageError`` with code `.truncated`, `.malformed`, `.unsupported` or `.tooLarge`.
  func image(
    within limits: ImageLimits, shrinkingTo minimumSide: Int?
  ) throws(ImageError) -> GrayImage {
    let fullSize = try size(within: limits)
    let shorterSide = min(fullSize.width, fullSize.height)
    let divisor = minimumSide.flatMap { minimum in
      [8, 4, 2].first { Self.divided(shorterSide, by: $0) >= minimum }
    }
    let width = Self.divided(fullSize.width, by: divisor ?? 1)
    let height = Self.divided(fullSize.height, by: divisor ?? 1)
    var status: Int32 = 0
    let pixels = unsafe ContiguousArray<UInt8>(
      unsafeUninitializedCapacity: width * height
    ) { buffer, initializedCount in
      status = unsafe tjDecompress2(
        handle, bytes.baseAddress, UInt(bytes.count), buffer.baseAddress, Int32(width), 0,
        Int32(height), Int32(TJPF_GRAY.rawValue), TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING)
      initializedCount = status == 0 ? width * height : 0
    }
    guard status == 0 else { throw failure }
    return GrayImage(width: width, height: height, pixels: .bytes(pixels), bitDepth: 8)
  }

  /// Reads the header.
  private func size(within limits: ImageLimits) throws(ImageError) -> (width: Int, height: Int) {
    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = 0
    var colors: Int32 = 0
    let status = unsafe tjDecompressHeader3(
      handle, bytes.baseAddress, UInt(bytes.count), &width, &height, &subsampling, &colors)
    guard status == 0 else { throw failure }
    guard colors != TJCS_CMYK.rawValue, colors != TJCS_YCCK.rawValue else {
      throw file.failure(.unsupported, "JPEG", "its colours are CMYK; convert it to gray")
    }
    // A progressive file keeps the coefficients of its three colours, two bytes each.
    let byteCount = Int(width) * Int(height) * 7
    try file.require(
      width: Int(width), height: Int(height), byteCount: byteCount, within: limits)
    return (Int(width), Int(height))
  }

  private static func divided(_ side: Int, by divisor: Int) -> Int {
    (side + divisor - 1) / divisor
  }

  /// What TurboJPEG says about the call that failed; its words are all there is to tell by.
  private var failure: ImageError {
    let words = unsafe String(cString: tjGetErrorStr2(handle))
    let foreignWords = ["Unsupported JPEG", "Unsupported color", "Could not determine"]
    if foreignWords.contains(where: words.contains) {
      return file.failure(.unsupported, "JPEG", words)
    }
    let hasEnd = unsafe bytes.suffix(2).elementsEqual([0xFF, 0xD9])
    return file.failure(hasEnd ? .malformed : .truncated, "JPEG", words)
  }
}
