// SPDX-License-Identifier: Apache-2.0
internal import CDICOM

/// Decodes the compressed frame of a DICOM file.
struct DICOMFrameDecoder {
  /// What the header of the file says.
  let header: DICOMPixelHeader
  /// The file, for the words of errors.
  let file: ImageFile
  /// How much the file may ask for.
  let limits: ImageLimits
  /// How many pixels the shorter side is to be shrunk to later, or `nil` for the full size.
  var minimumSide: Int?

  /// Decodes a frame, after comparing what it says of itself with the header and the limits.
  ///
  /// - Parameter bytes: The frame.
  /// - Returns: The pixels, signed ones as two's complement of 16 bits, and how often the image was
  ///   halved.
  /// - Throws: ``ImageError`` with code `.malformed`, `.unsupported` or `.tooLarge`.
  func words(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(ImageError) -> (words: ContiguousArray<UInt16>, halvings: Int) {
    if header.transferSyntaxUID == DICOMTransferSyntax.runLengths {
      return (try unsafe runLengthWords(bytes), 0)
    }
    let codestream = try unsafe codestream(bytes)
    let halvings = codestream.halvings(keeping: minimumSide)
    // A tile may have been halved less often than the header says: then all pixels are needed.
    if halvings > 0, let words = try? unsafe words(bytes, of: codestream, halvings: halvings) {
      return (words, halvings)
    }
    return (try unsafe words(bytes, of: codestream, halvings: 0), 0)
  }

  private func runLengthWords(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(ImageError) -> ContiguousArray<UInt16> {
    let frame = unsafe RunLengthFrame(bytes, bytesPerPixel: header.bitsAllocated / 8)
    guard let words = unsafe frame?.words(bytes, count: header.width * header.height) else {
      throw file.failure(.malformed, "DICOM", "its run lengths do not add up to its pixels")
    }
    let bits = DICOMStoredBits(header)
    return ContiguousArray(words.map(bits.value))
  }

  private func words(
    _ bytes: UnsafeBufferPointer<UInt8>, of codestream: Codestream, halvings: Int
  ) throws(ImageError) -> ContiguousArray<UInt16> {
    let count =
      Codestream.halved(header.width, times: halvings)
      * Codestream.halved(header.height, times: halvings)
    let frameByteCount = count * (codestream.precision > 8 ? 2 : 1)
    // OpenJPEG takes words of 32 bits, and some kilobytes for each tile. What a whole image would
    // take is asked for, so that the limits do not depend on the size that is wanted.
    let byteCount =
      (8 + 2 * (codestream.precision > 8 ? 2 : 1)) * header.width * header.height
      + codestream.tileCount * 8192
    try file.require(
      width: header.width, height: header.height, byteCount: byteCount, within: limits)
    let frame = cxr_dicom_frame(
      codec: codestream.codec, width: UInt32(header.width), height: UInt32(header.height),
      precision: UInt8(codestream.precision), halvings: UInt8(halvings))
    var problem: UnsafePointer<CChar>?
    let payload = unsafe UnsafeBufferPointer(rebasing: bytes[codestream.offset...])
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: frameByteCount) { buffer, filled in
      guard let source = payload.baseAddress, let target = buffer.baseAddress else { return }
      unsafe problem = cxr_dicom_decode(frame, source, payload.count, target, frameByteCount)
      filled = unsafe problem == nil ? frameByteCount : 0
    }
    if let problem = unsafe problem {
      throw file.failure(.malformed, "DICOM", unsafe String(cString: problem))
    }
    let bits = bits(of: codestream)
    guard codestream.precision > 8 else {
      return ContiguousArray(pixels.map { bits.value(of: UInt16($0)) })
    }
    return ContiguousArray(
      (0..<count).map { index in
        bits.value(of: UInt16(pixels[2 * index]) | UInt16(pixels[2 * index + 1]) << 8)
      })
  }

  private func codestream(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(ImageError) -> Codestream {
    guard let found = unsafe Codestream(bytes) else {
      throw file.failure(.malformed, "DICOM", "its frame does not begin like one")
    }
    guard found.channelCount == 1 else {
      throw file.failure(.unsupported, "DICOM", "its frame has \(found.channelCount) channels")
    }
    guard (1...16).contains(found.precision) else {
      throw file.failure(.unsupported, "DICOM", "its frame has \(found.precision) bits a pixel")
    }
    guard found.width == header.width, found.height == header.height else {
      throw file.failure(
        .malformed, "DICOM",
        "its frame has \(found.width) × \(found.height) pixels, its header says "
          + "\(header.width) × \(header.height)")
    }
    return found
  }

  /// Which bits of a decoded pixel count.
  ///
  /// Codestreams hold values, not words with values in them: the high bit of the header does not
  /// matter. Where a codestream has more bits than the header says, those are believed, unless they
  /// repeat a sign.
  private func bits(of codestream: Codestream) -> DICOMStoredBits {
    let bitsStored =
      header.isSigned ? header.bitsStored : max(header.bitsStored, codestream.precision)
    return DICOMStoredBits(
      highBit: bitsStored - 1, bitsStored: bitsStored, isSigned: header.isSigned)
  }
}
