// SPDX-License-Identifier: Apache-2.0
internal import CPNG

/// A PNG file that is being decoded, closed when it goes out of scope.
///
/// Of colour images and of those with transparency the first channel is taken; the depth stays
/// what it is in the file, and colours of a palette have 8 bits.
@safe struct PNGDecoder: ~Copyable {
  private let file: ImageFile
  private let limits: ImageLimits
  private let decoder: OpaquePointer

  /// Begins to decode.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - bytes: Its content, which outlives the decoder.
  ///   - limits: What it may ask for.
  /// - Throws: ``ImageError`` with code `.unreadable` if there is no memory.
  init(
    _ file: ImageFile, bytes: UnsafeBufferPointer<UInt8>, limits: ImageLimits
  ) throws(ImageError) {
    guard let start = bytes.baseAddress,
      let decoder = unsafe cxr_png_open(start, bytes.count, UInt32(limits.side))
    else { throw file.outOfMemory }
    self.file = file
    self.limits = limits
    unsafe self.decoder = decoder
  }

  deinit { unsafe cxr_png_close(decoder) }

  /// Decodes the image; this can be done once.
  ///
  /// - Returns: The image.
  /// - Throws: ``ImageError`` with code `.truncated`, `.malformed` or `.tooLarge`.
  consuming func image() throws(ImageError) -> GrayImage {
    var status = unsafe cxr_png_get_status(decoder)
    let info = unsafe cxr_png_get_info(decoder)
    if status != .too_large { try require(status) }
    let width = Int(info.width)
    let height = Int(info.height)
    let bitDepth = Int(info.bit_depth)
    let count = width * height
    let byteCount = count * (bitDepth > 8 ? 2 : 1) + info.scratch_byte_count
    try file.require(width: width, height: height, byteCount: byteCount, within: limits)
    let pixels: GrayImage.Pixels
    if bitDepth <= 8 {
      pixels = unsafe .bytes(
        ContiguousArray(unsafeUninitializedCapacity: count) { buffer, initializedCount in
          guard let start = buffer.baseAddress else { return }
          status = unsafe cxr_png_decode_bytes(decoder, start, count)
          initializedCount = status == .done ? count : 0
        })
    } else {
      pixels = unsafe .words(
        ContiguousArray(unsafeUninitializedCapacity: count) { buffer, initializedCount in
          guard let start = buffer.baseAddress else { return }
          status = unsafe cxr_png_decode_words(decoder, start, count)
          initializedCount = status == .done ? count : 0
        })
    }
    try require(status)
    return GrayImage(width: width, height: height, pixels: pixels, bitDepth: bitDepth)
  }

  private func require(_ status: cxr_png_status) throws(ImageError) {
    let code: ImageError.Code
    switch status {
    case .done: return
    case .truncated: code = .truncated
    case .malformed, .too_large: code = .malformed
    case .no_memory: throw file.outOfMemory
    }
    throw file.failure(code, "PNG", unsafe String(cString: cxr_png_get_words(decoder)))
  }
}
