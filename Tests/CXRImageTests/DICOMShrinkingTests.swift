// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import CXRImage

/// JPEG 2000 images that are decoded at a fraction of their size.
@Suite("DICOM shrinking")
struct DICOMShrinkingTests {
  /// A picture of soft waves, whose means a low-pass picture comes near to.
  private static func picture(width: Int = 300, height: Int = 341) -> GrayImage {
    let pixels = (0..<width * height).map { index in
      let (x, y) = (Double(index % width) / 40, Double(index / width) / 55)
      return UInt16(2_047 + 1_500 * sin(x) * cos(y))
    }
    return GrayImage(
      width: width, height: height, pixels: .words(ContiguousArray(pixels)), bitDepth: 12)
  }

  private func file(
    _ image: GrayImage = picture(), hasWindow: Bool = true,
    storedAs encoding: DICOMPixelEncoding = .jpeg2000Lossless
  ) throws -> [UInt8] {
    var header = DICOMHeaderWriter()
    header[.sopInstanceUID] = "2.25.1"
    if hasWindow {
      header[.windowCenter] = "2048"
      header[.windowWidth] = "4096"
    }
    return try header.bytes(with: image, storedAs: encoding)
  }

  @Test(
    "Comes at the smallest size of the codec that keeps twice the pixels asked for",
    arguments: [
      (151, 300, 341), (150, 300, 341), (149, 300, 341), (75, 150, 171), (38, 150, 171),
      (37, 75, 86), (19, 38, 43), (9, 19, 22), (5, 10, 11), (1, 10, 11),
    ])
  func sizes(_ minimumSide: Int, width: Int, height: Int) throws {
    let image = try GrayImage(decoding: file(), name: "a", shrinkingTo: minimumSide)
    #expect(image.width == width && image.height == height)
    #expect(min(width, height) >= min(2 * minimumSide, 300))
  }

  @Test("A shrunk image is near the means of pixels, and turned as the whole one is")
  func isNear() throws {
    let bytes = try file()
    let whole = try GrayImage(decoding: bytes, name: "a")
    let shrunk = try GrayImage(decoding: bytes, name: "a", shrinkingTo: 40)
    #expect(shrunk.width == 150 && shrunk.bitDepth == whole.bitDepth)
    let resize = ImageTransform.resize(.exactly(width: 40, height: 40), .area)
    let difference = zip(
      try whole.transformed(by: resize).levels, try shrunk.transformed(by: resize).levels
    ).map { abs($0 - $1) }
    // Half a pixel of the slope, which is at most 1,500 / 40 of 4,096 levels: 300 of 65,535.
    #expect(try #require(difference.max()) <= 450)
    #expect(difference.contains { $0 > 0 }, "the codec's picture is another one")
  }

  @Test("An image without a window, and one of another codec, comes whole")
  func staysWhole() throws {
    for bytes in [try file(hasWindow: false), try file(storedAs: .uncompressed)] {
      let image = try GrayImage(decoding: bytes, name: "a", shrinkingTo: 10)
      #expect(image == (try GrayImage(decoding: bytes, name: "a")))
    }
  }

  @Test("A damaged frame is refused at any size")
  func refusesDamage() throws {
    let bytes = try file()
    let start = try #require(bytes.firstRange(of: [0xFF, 0x4F, 0xFF, 0x51])?.lowerBound)
    for count in stride(from: start + 60, to: bytes.count - 40, by: 997) {
      let cut = Array(bytes[..<count])
      #expect(throws: ImageError.self) { try GrayImage(decoding: cut, name: "a", shrinkingTo: 10) }
    }
  }

  @Test("A header of more halvings than the standard has is refused")
  func refusesManyHalvings() throws {
    var bytes = try file(Self.picture(width: 64, height: 70))
    let marker = try #require(bytes.firstRange(of: [0xFF, 0x52, 0x00])?.lowerBound)
    let stated = bytes[marker + 9]
    #expect((1...6).contains(stated))
    bytes[marker + 9] = 40
    #expect(throws: ImageError.self) { try GrayImage(decoding: bytes, name: "a", shrinkingTo: 4) }
  }
}

extension GrayImage {
  /// The pixels as whole numbers.
  fileprivate var levels: [Int] {
    switch pixels {
    case .bytes(let bytes): bytes.map(Int.init)
    case .words(let words): words.map(Int.init)
    }
  }
}
