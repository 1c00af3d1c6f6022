// SPDX-License-Identifier: Apache-2.0
internal import CXRImage
import Foundation

/// What a DICOM file of VinDr-CXR says beside its pixels.
struct FilmHeader: Sendable {
  let sopInstanceUID: String
  let sex: String
  let age: String
  let size: (width: Int, height: Int)
  /// The number of bits of a stored pixel.
  let bitsStored: Int
  /// The stored values that are shown as black and white.
  let window: ClosedRange<Int>
  /// Whether low values are white.
  let isInverted: Bool
  /// Whether the group that names the transfer syntax is left out.
  let lacksMetaHeader: Bool

  /// The height of the native image, whose pixels are 0.139 mm apart.
  private static let nativeHeight = 2_336

  init(
    of image: VinDrImage, size: (width: Int, height: Int), bitsStored: Int,
    window: ClosedRange<Int>
  ) {
    sopInstanceUID = "2.25.\(image.imageNumber)"
    sex = image.sexText
    age = image.ageText
    self.size = size
    self.bitsStored = bitsStored
    self.window = window
    isInverted = image.quirks.contains(.monochrome1)
    lacksMetaHeader = image.quirks.contains(.metaHeaderMissing)
  }

  /// The same of a picture of another size.
  init(_ header: FilmHeader, size: (width: Int, height: Int)) {
    sopInstanceUID = header.sopInstanceUID
    sex = header.sex
    age = header.age
    self.size = size
    bitsStored = header.bitsStored
    window = header.window
    isInverted = header.isInverted
    lacksMetaHeader = header.lacksMetaHeader
  }

  /// The elements of the header.
  func elements() -> DICOMHeaderWriter {
    var header = DICOMHeaderWriter()
    // Values are turned round when they are stored; the window refers to what is stored.
    let maximum = (1 << bitsStored) - 1
    let shown =
      isInverted ? maximum - window.upperBound...maximum - window.lowerBound : window
    let millimetres = 0.139 * Double(Self.nativeHeight) / Double(size.height)
    let spacing = String(format: "%.3f", millimetres)
    header[.sopInstanceUID] = sopInstanceUID
    header[.patientSex] = sex
    header[.patientAge] = age
    header[.rows] = String(size.height)
    header[.columns] = String(size.width)
    header[.pixelSpacing] = "\(spacing)\\\(spacing)"
    header[.photometricInterpretation] = isInverted ? "MONOCHROME1" : "MONOCHROME2"
    header[.bitsAllocated] = "16"
    header[.bitsStored] = String(bitsStored)
    header[.highBit] = String(bitsStored - 1)
    header[.pixelRepresentation] = "0"
    header[.windowCenter] = String((shown.lowerBound + shown.upperBound) / 2)
    header[.windowWidth] = String(window.upperBound - window.lowerBound)
    header[.rescaleIntercept] = "0"
    header[.rescaleSlope] = "1"
    return header
  }

  /// The file with the pixels of an image that has as many bits as are stored.
  ///
  /// Most are compressed by JPEG 2000. Without a transfer syntax nobody could know that, so the
  /// files that name none are not.
  ///
  /// - Throws: `ImageError`.
  func bytes(with image: GrayImage) throws -> [UInt8] {
    withoutMetaHeader(
      try elements().bytes(
        with: windowed(image), storedAs: lacksMetaHeader ? .uncompressed : .jpeg2000Lossless))
  }

  /// The image squeezed into the window, so that the darkest and brightest values stay unused.
  private func windowed(_ image: GrayImage) -> GrayImage {
    guard case .words(let words) = image.pixels else { return image }
    let (low, span) = (window.lowerBound, window.upperBound - window.lowerBound)
    let maximum = image.maximum
    let stored = words.map { UInt16(low + (Int($0) * span + maximum / 2) / maximum) }
    return GrayImage(
      width: image.width, height: image.height, pixels: .words(ContiguousArray(stored)),
      bitDepth: image.bitDepth)
  }

  /// The file without pixels.
  ///
  /// - Throws: `ImageError`.
  func bytes() throws -> [UInt8] { withoutMetaHeader(try elements().bytes()) }

  /// Leaves out the preamble and the group that names the transfer syntax, if they are to be.
  ///
  /// The group follows 128 bytes and four letters, and its first element, of twelve bytes, ends
  /// with the length of the others.
  private func withoutMetaHeader(_ bytes: [UInt8]) -> [UInt8] {
    guard lacksMetaHeader else { return bytes }
    let length = bytes[140..<144].reversed().reduce(0) { $0 << 8 | Int($1) }
    return Array(bytes[(144 + length)...])
  }
}
