// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import CXRTestSupport
import Testing

@Suite("Image encoding")
struct ImageEncodingTests {
  /// Noise of a depth.
  static func noise(_ width: Int, _ height: Int, bitDepth: Int, seed: UInt64 = 1) -> GrayImage {
    let stream = RandomStream(seed: seed, index: bitDepth)
    let values = (0..<width * height).map { stream.index(at: $0, below: 1 << bitDepth) }
    let pixels: GrayImage.Pixels =
      bitDepth <= 8
      ? .bytes(ContiguousArray(values.map { UInt8($0) }))
      : .words(ContiguousArray(values.map { UInt16($0) }))
    return GrayImage(width: width, height: height, pixels: pixels, bitDepth: bitDepth)
  }

  @Test("A PNG gives the image back, the same bytes each time", arguments: [8, 16], [0, 1, 6, 9])
  func png(_ bitDepth: Int, _ level: Int) throws {
    let image = Self.noise(33, 17, bitDepth: bitDepth)
    let bytes = try image.pngBytes(level: level)
    #expect(try image.pngBytes(level: level) == bytes)
    #expect(try GrayImage(decoding: bytes, name: "a") == image)
  }

  @Test("Gray repeated as colours is read back as gray", arguments: [8, 16])
  func colours(_ bitDepth: Int) throws {
    let image = Self.noise(33, 17, bitDepth: bitDepth)
    let bytes = try image.pngBytes(channels: .redGreenBlueAlpha)
    // The colour type of the header: 6 is RGB with transparency, 0 is gray.
    #expect(bytes[25] == 6)
    #expect(try image.pngBytes()[25] == 0)
    #expect(try GrayImage(decoding: bytes, name: "a") == image)
  }

  @Test("Texts stand before the pixels, in ASCII as tEXt, else as iTXt in UTF-8")
  func texts() throws {
    let image = Self.noise(33, 17, bitDepth: 8)
    let texts = [PNGText("Description", "Clear lungs.\nNo\0change."), PNGText("Author", "Zoë")]
    let bytes = try image.pngBytes(texts: texts)
    let chunks = Self.chunks(of: bytes)
    #expect(chunks.map(\.kind) == ["IHDR", "tEXt", "iTXt", "IDAT", "IEND"])
    #expect(chunks[1].content == Array("Description\0Clear lungs.\nNo change.".utf8))
    // Not compressed, no language, no translated keyword.
    #expect(chunks[2].content == Array("Author\0\0\0\0\0Zoë".utf8))
    #expect(try GrayImage(decoding: bytes, name: "a") == image)
    #expect(try image.pngBytes() != bytes)
  }

  /// The chunks of a PNG file, after its eight bytes of signature: length, kind, content, checksum.
  private static func chunks(of bytes: [UInt8]) -> [(kind: String, content: [UInt8])] {
    var chunks: [(kind: String, content: [UInt8])] = []
    var start = 8
    while start + 12 <= bytes.count {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      chunks.append(
        (
          String(decoding: bytes[start + 4..<start + 8], as: UTF8.self),
          Array(bytes[start + 8..<start + 8 + length])
        ))
      start += 12 + length
    }
    return chunks
  }

  @Test("Other depths are stretched, so that white stays white", arguments: [1, 4, 10, 12, 14])
  func stretched(_ bitDepth: Int) throws {
    let image = Self.noise(40, 30, bitDepth: bitDepth)
    let read = try GrayImage(decoding: image.pngBytes(), name: "a")
    #expect(read.bitDepth == (bitDepth <= 8 ? 8 : 16))
    let factor = Double(read.maximum) / Double(image.maximum)
    #expect(read.numbers == image.numbers.map { Int((Double($0) * factor).rounded()) })
    #expect(image.numbers.contains(image.maximum) == read.numbers.contains(read.maximum))
  }

  @Test("A JPEG is near the image, and nearer at higher quality")
  func jpeg() throws {
    let image = Self.noise(64, 48, bitDepth: 8)
    func distance(_ quality: Int) throws -> Int {
      let bytes = try image.jpegBytes(quality: quality)
      #expect(try image.jpegBytes(quality: quality) == bytes)
      let read = try GrayImage(decoding: bytes, name: "a")
      #expect(read.width == 64 && read.height == 48 && read.bitDepth == 8)
      return zip(image.numbers, read.numbers).map { abs($0 - $1) }.max() ?? 0
    }
    // At quality 100 every coefficient is rounded to a whole number, and so is every pixel.
    #expect(try distance(100) <= 3)
    #expect(try distance(100) < distance(50))
    #expect(try distance(50) < distance(5))
  }

  @Test("A JPEG takes no more than 8 bits")
  func deepJPEG() {
    let error = #expect(throws: ImageError.self) {
      try Self.noise(4, 4, bitDepth: 12).jpegBytes()
    }
    #expect(error?.code == .unfitValue)
    #expect(error?.message.contains("12 bits") == true)
  }

  @Test("Writes whole files, and refuses a folder that does not exist")
  func writing() throws {
    let folder = try TemporaryFolder()
    let image = Self.noise(5, 4, bitDepth: 8)
    try image.writePNG(to: folder.path("a.png"))
    try image.writeJPEG(to: folder.path("a.jpg"), quality: 90)
    #expect(folder.fileNames == ["a.jpg", "a.png"])
    #expect(try GrayImage(contentsOf: folder.path("a.png")) == image)
    let error = #expect(throws: ImageError.self) {
      try image.writePNG(to: folder.path("none/a.png"))
    }
    #expect(error?.code == .unwritable)
  }
}
