// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@Suite("Limits on images")
struct ImageLimitsTests {
  @Test("More pixels raise the other limits in the same proportion; fewer leave them")
  func proportion() {
    let standard = ImageLimits.standard
    let large = ImageLimits(megapixels: 134)
    #expect(large.pixelCount == 134_000_000)
    let factor = 134e6 / Double(standard.pixelCount)
    for (limit, usual) in [
      (large.side, standard.side), (large.fileByteCount, standard.fileByteCount),
      (large.decodedByteCount, standard.decodedByteCount),
    ] {
      // The limits are rounded down to whole pixels and bytes.
      #expect((Double(limit) / Double(usual)).isClose(to: factor, absolute: 1e-3))
    }
    var small = ImageLimits(megapixels: 1)
    #expect(small.pixelCount == 1_000_000)
    small.pixelCount = standard.pixelCount
    #expect(small == standard)
    #expect(ImageLimits(megapixels: ImageLimits.largestMegapixels).side < 1 << 31)
  }

  @Test(
    "The number that a refusal names lets the image in",
    arguments: [(1001, 1000), (20_000, 3), (3, 20_000), (1500, 1400)])
  func remedy(_ width: Int, _ height: Int) throws {
    let bytes = try ImageEncodingTests.noise(width, height, bitDepth: 8).pngBytes(level: 1)
    let error = #expect(throws: ImageError.self) {
      try GrayImage(decoding: bytes, name: "a.png", limits: ImageLimits(megapixels: 1))
    }
    #expect(error?.code == .tooLarge)
    let words = try #require(
      error?.message.firstMatch(of: /--max-megapixels (\d+) if the file is to be trusted/))
    let limits = ImageLimits(megapixels: try #require(Int(words.1)))
    #expect(try GrayImage(decoding: bytes, name: "a.png", limits: limits).width == width)
  }

  @Test("A file that is too long says how to let it in")
  func longFile() throws {
    let folder = try TemporaryFolder()
    let image = ImageEncodingTests.noise(30, 20, bitDepth: 8)
    let path = try folder.write(Data(try image.pngBytes()), to: "a.png")
    var limits = ImageLimits.standard
    limits.fileByteCount = 10
    let error = #expect(throws: ImageError.self) {
      try GrayImage(contentsOf: path, limits: limits)
    }
    #expect(error?.message.contains("raise the limit with --max-megapixels") == true)
  }
}
