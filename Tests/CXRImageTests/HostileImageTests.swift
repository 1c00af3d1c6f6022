// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CZlib
import CXRTestSupport
import Foundation
import Testing

@Suite("Hostile image")
struct HostileImageTests {
  /// A PNG of chunks; their checksums are right.
  private static func png(_ chunks: [(name: String, content: [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    for (name, content) in chunks {
      let body = Array(name.utf8) + content
      bytes += bigEndian(UInt32(content.count)) + body + bigEndian(checksum(body))
    }
    return bytes
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }

  private static func header(_ width: UInt32, _ height: UInt32, depth: UInt8 = 8) -> [UInt8] {
    bigEndian(width) + bigEndian(height) + [depth, 0, 0, 0, 0]
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    unsafe UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }

  private static func error(_ bytes: [UInt8], limits: ImageLimits = .standard) -> ImageError? {
    do throws(ImageError) {
      _ = try GrayImage(decoding: bytes, name: "b.png", limits: limits)
      return nil
    } catch {
      #expect(error.message.hasPrefix("b.png "))
      return error
    }
  }

  @Test("Refuses a file that ends early, wherever that is", arguments: try ImageFixture.all)
  func truncated(_ fixture: ImageFixture) throws {
    guard fixture.minimumSide == nil else { return }
    let whole = Array(fixture.bytes)
    for count in 0..<whole.count {
      let error = Self.error(Array(whole.prefix(count)))
      #expect(error != nil, "\(count) of \(whole.count) bytes")
      if count >= 8 { #expect(error?.code == .truncated, "\(count): \(error.debugDescription)") }
    }
  }

  @Test("Refuses a PNG in which any byte of a pixel or of a checksum changed")
  func checksums() throws {
    let whole = try ImageEncodingTests.noise(9, 7, bitDepth: 8).pngBytes()
    for index in 8..<whole.count {
      var bytes = whole
      bytes[index] ^= 1
      let error = Self.error(bytes)
      #expect(error?.code == .malformed || error?.code == .truncated, "byte \(index)")
    }
  }

  @Test(
    "Refuses absurd sizes before any memory is taken",
    arguments: [
      (UInt32(20_000), UInt32(10)), (10, 20_000), (10_000, 10_000), (0x7FFF_FFFF, 0x7FFF_FFFF),
    ])
  func absurdSize(_ width: UInt32, _ height: UInt32) {
    let error = Self.error(Self.png([("IHDR", Self.header(width, height)), ("IDAT", [])]))
    #expect(error?.code == .tooLarge)
    #expect(error?.message.contains("\(width) × \(height)") == true)
    #expect(error?.message.contains("limit of") == true)
  }

  @Test("Refuses sizes that no PNG can have", arguments: [(UInt32(0), UInt32(1)), (1 << 31, 1)])
  func impossibleSize(_ width: UInt32, _ height: UInt32) {
    #expect(Self.error(Self.png([("IHDR", Self.header(width, height))]))?.code == .malformed)
  }

  @Test("Counts all rows of an interlaced PNG")
  func interlacedMemory() throws {
    let fixture = try #require(
      try ImageFixture.all.first { $0.name == "PNG, colour with alpha, 16 bits, interlaced" })
    var limits = ImageLimits.standard
    // 13 × 9 pixels: two bytes for the one channel that is kept, eight for all four.
    limits.decodedByteCount = 13 * 9 * 10
    #expect(Self.error(Array(fixture.bytes), limits: limits) == nil)
    limits.decodedByteCount -= 1
    #expect(Self.error(Array(fixture.bytes), limits: limits)?.code == .tooLarge)
  }

  @Test("Keeps the limits, and takes what just keeps them")
  func limits() throws {
    let folder = try TemporaryFolder()
    let image = ImageEncodingTests.noise(30, 20, bitDepth: 8)
    for bytes in [try image.pngBytes(), try image.jpegBytes()] {
      let path = try folder.write(Data(bytes), to: "b.png")
      let exact = ImageLimits(
        fileByteCount: bytes.count, side: 30, pixelCount: 600, decodedByteCount: 600 * 7)
      #expect(try GrayImage(contentsOf: path, limits: exact).width == 30)
      var tight = [exact, exact, exact, exact]
      tight[0].fileByteCount -= 1
      tight[1].side -= 1
      tight[2].pixelCount -= 1
      tight[3].decodedByteCount = 599
      for limits in tight {
        let error = #expect(throws: ImageError.self) {
          try GrayImage(contentsOf: path, limits: limits)
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.message.contains("raise the limit") == true)
      }
    }
  }

  @Test("Passes over chunks that do not bear on the pixels, whatever they unpack to")
  func otherChunks() throws {
    let image = ImageEncodingTests.noise(9, 7, bitDepth: 8)
    var bytes = try image.pngBytes()
    // 32 MB of text and of a profile that are no zlib streams, in front of the pixels.
    let text = Array("Comment\0\0".utf8) + [UInt8](repeating: 65, count: 16 << 20)
    let extra = Self.png([("zTXt", text), ("iCCP", text)]).dropFirst(8)
    bytes.insert(contentsOf: extra, at: 8 + 25)
    #expect(try GrayImage(decoding: bytes, name: "a") == image)
  }

  @Test("Refuses a progressive JPEG that goes over the image again and again")
  func scans() throws {
    let fixture = try #require(try ImageFixture.all.first { $0.name.contains("gray, progressive") })
    var bytes = Array(fixture.bytes)
    // The last scan, 600 times over.
    let scan = try #require(
      bytes.indices.last { bytes[$0...].starts(with: [0xFF, 0xDA]) })
    let repeated = bytes[scan..<bytes.count - 2]
    bytes.insert(
      contentsOf: [[UInt8]](repeating: Array(repeated), count: 600).joined(), at: scan)
    #expect(Self.error(bytes)?.code == .malformed)
  }

  @Test("Refuses JPEG files of other kinds by name")
  func foreignJPEG() throws {
    for fixture in try ImageFixture.refused {
      let error = Self.error(Array(fixture.bytes))
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains(fixture.refusal ?? "-") == true)
    }
    // A lossless one, out of a DICOM file.
    let dicom = try #require(
      try DICOMFrameFixture.all.first { $0.name == "JPEG lossless SV1, 8 bits" })
    let frame = try #require(dicom.bytes.firstRange(of: [0xFF, 0xD8, 0xFF, 0xC3]))
    let error = Self.error(Array(dicom.bytes[frame.lowerBound...]))
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("SOF type 0xc3") == true)
  }

  @Test("Refuses a JPEG of absurd size")
  func jpegHeaders() throws {
    var bytes = try ImageEncodingTests.noise(16, 16, bitDepth: 8).jpegBytes()
    let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
    let absurd = Self.error(bytes)
    #expect(absurd?.code == .tooLarge)
    #expect(absurd?.message.contains("65500 × 65500") == true)
  }

  @Test("Says what a file is that is none of the three formats")
  func foreign() throws {
    let cases: [([UInt8], String)] = [
      (Array("RIFF\0\0\0\0WEBPVP8 ".utf8), "a WebP file"), (Array("GIF89a".utf8), "a GIF file"),
      (Array("<!DOCTYPE html>".utf8), "an HTML or XML file"),
      (Array("version https://git-lfs".utf8), "begins like no image file"),
    ]
    for (bytes, words) in cases {
      let error = Self.error(bytes)
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains(words) == true)
    }
    #expect(Self.error([])?.code == .truncated)
    #expect(Self.error([])?.message.contains("is empty") == true)
  }

  @Test("Says why there is nothing to read")
  func files() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: ImageError.self) {
      try GrayImage(contentsOf: folder.path("none.png"))
    }
    #expect(missing?.code == .missing)
    #expect(missing?.message.contains("none.png") == true)
    let directory = #expect(throws: ImageError.self) { try GrayImage(contentsOf: folder.url.path) }
    #expect(directory?.code == .unreadable)
    let device = #expect(throws: ImageError.self) { try GrayImage(contentsOf: "/dev/zero") }
    #expect(device?.code == .unreadable)
  }
}
