// SPDX-License-Identifier: Apache-2.0

/// A gray DICOM image as it is stored: pixel values and what their header says about them.
///
///     let image = try DICOMImage(contentsOf: "train/0005e8e3701dfb1dd93d53e2ff537b6e.dicom")
///     image.storedValues[0]  // 1402
///     let shown = image.grayImage()
///
/// Uncompressed pixels are read in every byte order; compressed ones by run lengths, JPEG (baseline,
/// extended, lossless), JPEG-LS and JPEG 2000. How they are compressed is told by their first bytes,
/// so that a file without transfer syntax is read as well. Several frames, colours and pixels of
/// more than 16 bits are refused.
public struct DICOMImage: Sendable {
  /// What pixel values mean.
  public enum Photometric: String, Sendable {
    /// Low values are bright.
    case monochrome1 = "MONOCHROME1"
    /// High values are bright.
    case monochrome2 = "MONOCHROME2"
  }

  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The bits of a pixel that carry its value, 1 to 16.
  public let bitsStored: Int
  /// Whether pixel values are signed.
  public let isSigned: Bool
  /// What pixel values mean.
  public let photometric: Photometric
  /// What stored values are multiplied by.
  public let rescaleSlope: Double
  /// What is added after the slope was applied.
  public let rescaleIntercept: Double
  /// What takes the place of slope and intercept, if anything.
  public let modalityTable: DICOMLookupTable?
  /// The first window, if any.
  public let window: DICOMWindow?
  /// What takes the place of the window, if anything.
  public let displayTable: DICOMLookupTable?
  /// The UID of the transfer syntax that the file states, if any.
  public let transferSyntaxUID: String?

  /// The pixels, shape `[height, width]`; signed ones as two's complement of 16 bits.
  let words: ContiguousArray<UInt16>

  /// Takes what was read; the header gives the size of the whole image.
  init(_ header: DICOMPixelHeader, words: ContiguousArray<UInt16>, halvings: Int = 0) {
    width = Codestream.halved(header.width, times: halvings)
    height = Codestream.halved(header.height, times: halvings)
    bitsStored = header.bitsStored
    isSigned = header.isSigned
    photometric = header.photometric
    rescaleSlope = header.rescaleSlope
    rescaleIntercept = header.rescaleIntercept
    modalityTable = header.modalityTable
    window = header.window
    displayTable = header.displayTable
    transferSyntaxUID = header.transferSyntaxUID
    self.words = words
  }

  /// The pixel values as they are stored, shape `[height, width]`, without any rescaling.
  ///
  /// Bits that do not carry the value are cleared; signs are extended.
  ///
  /// - Complexity: O(number of pixels).
  public var storedValues: ContiguousArray<Int32> {
    isSigned
      ? ContiguousArray(words.map { Int32(Int16(bitPattern: $0)) })
      : ContiguousArray(words.map { Int32($0) })
  }

  /// Returns a stored value in the unit that it measures.
  ///
  /// - Parameter word: A stored value, as it is in ``words``.
  /// - Returns: The value after the modality table, or after slope and intercept.
  func rescaled(_ word: UInt16) -> Double {
    let value = isSigned ? Double(Int16(bitPattern: word)) : Double(word)
    if let modalityTable { return Double(modalityTable[value]) }
    return value * rescaleSlope + rescaleIntercept
  }
}
