// SPDX-License-Identifier: Apache-2.0

/// How much an image file may ask for before it is refused.
///
/// Every limit is checked before the memory in question is taken, against what the file states.
///
///     var limits = ImageLimits.standard
///     limits.pixelCount = 200_000_000
public struct ImageLimits: Sendable, Equatable {
  /// The most bytes that a file may have.
  public var fileByteCount: Int
  /// The longest that either side may be, in pixels, at most 2³¹ − 1.
  public var side: Int
  /// The most pixels that an image may have.
  public var pixelCount: Int
  /// The most bytes that decoding one image may take beside those of the file.
  ///
  /// Counted are the decoded pixels and all that is as large as the image: all rows of an
  /// interlaced PNG, the coefficients of a progressive JPEG, the unpacked value of a DICOM file.
  public var decodedByteCount: Int

  /// Creates limits.
  ///
  /// - Parameters:
  ///   - fileByteCount: The most bytes that a file may have.
  ///   - side: The longest that either side may be, in pixels.
  ///   - pixelCount: The most pixels that an image may have.
  ///   - decodedByteCount: The most bytes that decoding one image may take.
  /// - Precondition: All are positive; `side` is below 2³¹.
  public init(fileByteCount: Int, side: Int, pixelCount: Int, decodedByteCount: Int) {
    precondition(min(fileByteCount, side, pixelCount, decodedByteCount) > 0 && side < 1 << 31)
    self.fileByteCount = fileByteCount
    self.side = side
    self.pixelCount = pixelCount
    self.decodedByteCount = decodedByteCount
  }

  /// Creates limits for images of up to some million pixels.
  ///
  /// Where that is more than ``standard`` allows, the other limits grow in the same proportion;
  /// where it is less, they stay.
  ///
  ///     ImageLimits(megapixels: 100)  // for files that are to be trusted
  ///
  /// - Parameter megapixels: The most million pixels that an image may have, 1 to
  ///   ``largestMegapixels``.
  /// - Precondition: The number is in that range.
  public init(megapixels: Int) {
    precondition((1...Self.largestMegapixels).contains(megapixels))
    self = .standard
    let factor = max(1, Double(megapixels) * 1e6 / Double(pixelCount))
    pixelCount = megapixels * 1_000_000
    fileByteCount = Int(Double(fileByteCount) * factor)
    side = Int(Double(side) * factor)
    decodedByteCount = Int(Double(decodedByteCount) * factor)
  }

  /// The most million pixels that limits can be made for.
  public static let largestMegapixels = 10_000

  /// The million pixels for which limits must be made to allow what passes a standard limit.
  ///
  /// - Parameters:
  ///   - amount: What a file asks for, such as its bytes.
  ///   - standard: The standard limit of it.
  /// - Returns: An argument of ``init(megapixels:)``, if it is not too large for it; 0 where the
  ///   standard limit is kept.
  static func megapixels(for amount: Int, ofStandard standard: Int) -> Int {
    guard amount > standard else { return 0 }
    let share = Double(amount) / Double(standard)
    return Int((share * Double(Self.standard.pixelCount) / 1e6).rounded(.up))
  }

  /// Limits that every published radiograph keeps by a wide margin.
  ///
  /// 256 MiB a file, 16,384 pixels a side, 64 Mi pixels and 512 MiB to decode them; the largest
  /// radiographs known have 25 million pixels.
  public static let standard = ImageLimits(
    fileByteCount: 256 << 20, side: 1 << 14, pixelCount: 64 << 20, decodedByteCount: 512 << 20)
}
