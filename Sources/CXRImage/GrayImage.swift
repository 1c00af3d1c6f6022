// SPDX-License-Identifier: Apache-2.0

/// A decoded radiograph: one channel of unsigned integers, rows from top to bottom.
///
/// Pixels of up to 8 bits are kept in bytes, deeper ones in 16-bit words; nothing is stretched on
/// the way in. White is ``maximum``, black is 0: pictures stored the other way round are turned
/// when they are decoded.
///
///     let image = GrayImage(width: 2, height: 1, pixels: .bytes([0, 255]), bitDepth: 8)
///     image.maximum  // 255
public struct GrayImage: Sendable, Equatable {
  /// Pixels in the narrowest store that holds them, row by row.
  public enum Pixels: Sendable, Equatable {
    /// At most 8 bits a pixel.
    case bytes(ContiguousArray<UInt8>)
    /// 9 to 16 bits a pixel.
    case words(ContiguousArray<UInt16>)

    /// The number of pixels.
    public var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .words(let words): words.count
      }
    }
  }

  /// The width in pixels, at least 1.
  public let width: Int
  /// The height in pixels, at least 1.
  public let height: Int
  /// The pixels, shape `[height, width]`, each in `0...maximum`.
  public let pixels: Pixels
  /// The number of significant bits, 1 to 16; white is `2^bitDepth − 1`.
  public let bitDepth: Int

  /// The value of white.
  public var maximum: Int { (1 << bitDepth) - 1 }

  /// Creates an image.
  ///
  /// - Parameters:
  ///   - width: The width in pixels.
  ///   - height: The height in pixels.
  ///   - pixels: The pixels, shape `[height, width]`, each in `0...2^bitDepth − 1`.
  ///   - bitDepth: The number of significant bits.
  /// - Precondition: Both sides are positive and match the number of pixels; bytes hold 1 to 8
  ///   bits, words 9 to 16.
  public init(width: Int, height: Int, pixels: Pixels, bitDepth: Int) {
    precondition(width > 0 && height > 0 && pixels.count == width * height)
    switch pixels {
    case .bytes: precondition((1...8).contains(bitDepth))
    case .words: precondition((9...16).contains(bitDepth))
    }
    self.width = width
    self.height = height
    self.pixels = pixels
    self.bitDepth = bitDepth
  }
}
