// SPDX-License-Identifier: Apache-2.0

/// A run-length encoded frame of a DICOM file.
///
/// The high bytes of all pixels come first, then the low bytes, each in a segment of its own. GDCM's
/// decoder is not used: it fills up what a frame lacks.
///
/// - SeeAlso: DICOM PS3.5 annex G,
///   <https://dicom.nema.org/medical/dicom/current/output/chtml/part05/chapter_G.html>.
struct RunLengthFrame {
  private static let headerByteCount = 64

  /// The bytes of each segment.
  private let segments: [Range<Int>]

  /// Finds the segments, or gives `nil` if they are not one for each byte of a pixel.
  ///
  /// - Parameters:
  ///   - bytes: The frame.
  ///   - bytesPerPixel: 1 or 2.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, bytesPerPixel: Int) {
    guard bytes.count > Self.headerByteCount else { return nil }
    func number(_ index: Int) -> Int {
      (0..<4).reduce(0) { unsafe $0 | Int(bytes[4 * index + $1]) << (8 * $1) }
    }
    let starts = (1...bytesPerPixel).map(number)
    let bounds = starts + [bytes.count]
    guard number(0) == bytesPerPixel, starts[0] == Self.headerByteCount,
      zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    segments = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }

  /// Decodes the frame, or gives `nil` if a segment holds fewer pixels or more.
  ///
  /// - Parameters:
  ///   - bytes: The frame.
  ///   - count: The number of pixels.
  /// - Returns: The pixels.
  func words(_ bytes: UnsafeBufferPointer<UInt8>, count: Int) -> ContiguousArray<UInt16>? {
    var words = ContiguousArray<UInt16>(repeating: 0, count: count)
    for segment in segments {
      guard unsafe Self.append(bytes, segment, to: &words) else { return nil }
    }
    return words
  }

  /// Decodes a segment and puts its bytes behind those that pixels already have.
  private static func append(
    _ bytes: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>,
    to words: inout ContiguousArray<UInt16>
  ) -> Bool {
    var source = segment.lowerBound
    var target = 0
    while target < words.count {
      guard source < segment.upperBound else { return false }
      let control = unsafe bytes[source]
      source += 1
      // 128 means nothing; less is a number of bytes, more a number of repetitions.
      if control == 128 { continue }
      let isRun = control > 128
      let length = isRun ? 257 - Int(control) : Int(control) + 1
      guard source + (isRun ? 1 : length) <= segment.upperBound, target + length <= words.count
      else { return false }
      for offset in 0..<length {
        let byte = unsafe bytes[isRun ? source : source + offset]
        words[target + offset] = words[target + offset] << 8 | UInt16(byte)
      }
      source += isRun ? 1 : length
      target += length
    }
    return true
  }
}
