// SPDX-License-Identifier: Apache-2.0
internal import CDICOM

/// What the beginning of a compressed frame says about it.
///
/// The libraries that decode frames take memory for what a frame says of itself. It is read here
/// first, and compared with the header of the file and with the limits.
struct Codestream {
  /// How the frame is compressed.
  let codec: cxr_dicom_codec
  /// The width in pixels.
  let width: Int
  /// The height in pixels.
  let height: Int
  /// The bits of a pixel.
  let precision: Int
  /// The number of channels.
  let channelCount: Int
  /// The number of tiles that a JPEG 2000 image is cut into, otherwise 1.
  let tileCount: Int
  /// How often a JPEG 2000 image was halved when it was compressed, otherwise 0: it can be decoded
  /// at each of these sizes.
  let halvings: Int
  /// Where the frame begins.
  let offset: Int

  /// How often the image may be halved.
  ///
  /// Twice the pixels that are asked for stay: a wavelet's pixels lie where every second one lay, not
  /// between them, so that each halving moves the picture, by less than half a decoded pixel in all.
  ///
  /// - Parameter minimumSide: How many pixels the shorter side is to be shrunk to later, or `nil` for
  ///   the full size.
  /// - Returns: 0 if the image is not to be halved, or cannot be.
  func halvings(keeping minimumSide: Int?) -> Int {
    guard let minimumSide else { return 0 }
    let shorterSide = min(width, height)
    return (0...halvings).last { Self.halved(shorterSide, times: $0) >= 2 * minimumSide } ?? 0
  }

  /// A side after halving, rounded up.
  static func halved(_ side: Int, times: Int) -> Int { (side + (1 << times) - 1) >> times }

  /// Reads the beginning of a JPEG, JPEG-LS or JPEG 2000 frame.
  ///
  /// Gives `nil` if it is none of these, is of a kind that does not occur in DICOM, or ends before
  /// it says how large it is.
  ///
  /// - Parameter bytes: The frame.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Some writers put the codestream into a JP2 file; its boxes say nothing that a gray image
    // needs.
    let isBoxed = unsafe bytes.starts(with: [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20])
    let start = isBoxed ? unsafe Self.boxedStart(bytes) : 0
    guard let start else { return nil }
    if unsafe bytes.dropFirst(start).starts(with: [0xFF, 0x4F, 0xFF, 0x51]) {
      unsafe self.init(jpeg2000: bytes, at: start)
    } else if unsafe bytes.starts(with: [0xFF, 0xD8]) {
      unsafe self.init(jpeg: bytes)
    } else {
      return nil
    }
  }

  private init(
    codec: cxr_dicom_codec, width: Int, height: Int, precision: Int, channelCount: Int,
    tileCount: Int, halvings: Int = 0, offset: Int
  ) {
    self.codec = codec
    self.width = width
    self.height = height
    self.precision = precision
    self.channelCount = channelCount
    self.tileCount = tileCount
    self.halvings = halvings
    self.offset = offset
  }

  /// Reads the size marker, which is always the first.
  private init?(jpeg2000 bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    guard bytes.count >= start + 51 else { return nil }
    func number(_ offset: Int) -> Int { unsafe Self.bigEndian(bytes, start + offset, 4) }
    let right = number(8)
    let bottom = number(12)
    let left = number(16)
    let top = number(20)
    let (tileWidth, tileHeight) = (number(24), number(28))
    let (tileLeft, tileTop) = (number(32), number(36))
    let channelCount = unsafe Self.bigEndian(bytes, start + 40, 2)
    let depth = unsafe Int(bytes[start + 42] & 0x7F) + 1
    // Channels that are stored at a fraction of the size do not occur in gray images.
    guard left < right, top < bottom, tileWidth > 0, tileHeight > 0, tileLeft <= left,
      tileTop <= top, unsafe bytes[start + 43] == 1 && bytes[start + 44] == 1
    else { return nil }
    // More than a million are too many in any case, and their product stays in range.
    let across = min((right - tileLeft + tileWidth - 1) / tileWidth, 1 << 20)
    let down = min((bottom - tileTop + tileHeight - 1) / tileHeight, 1 << 20)
    self.init(
      codec: .jpeg_2000, width: right - left, height: bottom - top, precision: depth,
      channelCount: channelCount, tileCount: across * down,
      // Sizes of an image that does not begin at the origin are rounded in another way.
      halvings: left == 0 && top == 0 ? unsafe Self.halvings(bytes, at: start) : 0, offset: start)
  }

  /// Goes from marker to marker of a JPEG 2000 header to the one that says how often the image was
  /// halved.
  private static func halvings(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    var position = start + 2
    while position + 10 <= bytes.count, unsafe bytes[position] == 0xFF {
      let marker = unsafe bytes[position + 1]
      // At most 32 by the standard; sides have no more bits.
      if marker == 0x52 { return unsafe min(Int(bytes[position + 9]), 32) }
      // A tile begins: the header is over.
      if marker == 0x90 { return 0 }
      position += unsafe 2 + bigEndian(bytes, position + 2, 2)
    }
    return 0
  }

  /// Goes from marker to marker up to the one that begins the frame.
  private init?(jpeg bytes: UnsafeBufferPointer<UInt8>) {
    var position = 2
    while position + 10 <= bytes.count, unsafe bytes[position] == 0xFF {
      let marker = unsafe bytes[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      // Baseline, extended, lossless, JPEG-LS; others do not occur in DICOM.
      if [0xC0, 0xC1, 0xC3, 0xF7].contains(marker) {
        self.init(
          codec: marker == 0xF7 ? .jpeg_ls : .jpeg,
          width: unsafe Self.bigEndian(bytes, position + 7, 2),
          height: unsafe Self.bigEndian(bytes, position + 5, 2),
          precision: unsafe Int(bytes[position + 4]),
          channelCount: unsafe Int(bytes[position + 9]), tileCount: 1, offset: 0)
        return
      }
      // Tables, application data, comments.
      guard marker == 0xC4 || marker == 0xCC || (0xDB...0xFE).contains(marker) else { return nil }
      position += unsafe 2 + Self.bigEndian(bytes, position + 2, 2)
    }
    return nil
  }

  /// Where the codestream begins in a JP2 file: after the few boxes in front of it.
  private static func boxedStart(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = 0
    while position + 8 <= bytes.count {
      let count = unsafe bigEndian(bytes, position, 4)
      if unsafe bytes[(position + 4)...].starts(with: "jp2c".utf8) { return position + 8 }
      guard count >= 8 else { return nil }
      position += count
    }
    return nil
  }

  private static func bigEndian(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ count: Int
  ) -> Int {
    (0..<count).reduce(0) { unsafe $0 << 8 | Int(bytes[offset + $1]) }
  }
}
