// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Testing

@Suite("DICOM image")
struct DICOMImageTests {
  @Test("Gives back what was written", arguments: [8, 10, 12, 14, 16], DICOMPixelEncoding.allCases)
  func roundTrip(_ bitDepth: Int, _ encoding: DICOMPixelEncoding) throws {
    for (width, height) in [(1, 1), (33, 17), (64, 5), (3, 200)] {
      let image = ImageEncodingTests.noise(width, height, bitDepth: bitDepth)
      let bytes = try DICOMHeaderWriter().bytes(with: image, storedAs: encoding)
      #expect(try DICOMHeaderWriter().bytes(with: image, storedAs: encoding) == bytes)
      let read = try DICOMImage(decoding: bytes, name: "a")
      #expect(read.width == width && read.height == height)
      #expect(read.bitsStored == bitDepth && !read.isSigned)
      #expect(read.photometric == .monochrome2)
      #expect(read.storedValues.map { Int($0) } == image.numbers)
    }
  }

  @Test("Turns MONOCHROME1 round when it is written and when it is shown")
  func monochrome1() throws {
    let image = ImageEncodingTests.noise(8, 8, bitDepth: 12)
    var header = DICOMHeaderWriter()
    header[.windowCenter] = "2048"
    header[.windowWidth] = "4096"
    let bright = try GrayImage(decoding: header.bytes(with: image), name: "a")
    header[.photometricInterpretation] = "MONOCHROME1"
    let bytes = try header.bytes(with: image)
    let turned = try DICOMImage(decoding: bytes, name: "a")
    #expect(turned.photometric == .monochrome1)
    #expect(turned.storedValues.map { Int($0) } == image.numbers.map { 4095 - $0 })
    #expect(try GrayImage(decoding: bytes, name: "a") == bright)
  }

  @Test("Reads every layout of elements", arguments: DICOMFixture.Layout.allCases)
  func layouts(_ layout: DICOMFixture.Layout) throws {
    let words: [UInt16] = [0, 1, 255, 256, 4095, 77]
    let unsigned = DICOMFixture(words, width: 3, height: 2, bitsStored: 12, layout: layout)
    #expect(try unsigned.image().storedValues.map { UInt16($0) } == words)
    let signed = DICOMFixture(
      [0, 2047, 2048, 4095, 0xF800, 0x0FFF], width: 2, height: 3, bitsStored: 12, isSigned: true,
      layout: layout)
    #expect(try signed.image().storedValues == [0, 2047, -2048, -1, -2048, -1])
  }

  @Test("Reads bytes, also those that big-endian words hold in pairs")
  func bytes() throws {
    for (type, layout, stored) in [
      ("OB", DICOMFixture.Layout.explicitLittleEndian, [1, 2, 3, 0]),
      ("OW", .explicitLittleEndian, [1, 2, 3, 0]), ("OB", .explicitBigEndian, [1, 2, 3, 0]),
      ("OW", .explicitBigEndian, [2, 1, 0, 3]), ("OW", .implicitLittleEndian, [1, 2, 3, 0]),
    ] as [(String, DICOMFixture.Layout, [UInt8])] {
      var fixture = DICOMFixture([], width: 3, height: 1, bitsStored: 8, layout: layout)
      fixture.elements[0x0028_0100] = .words([8], type: "US")
      fixture.elements[0x7FE0_0010] = .bytes(stored, type: type)
      #expect(try fixture.image().storedValues == [1, 2, 3], "\(type) \(layout)")
    }
  }

  @Test("Keeps to the bits that are stored, wherever they are")
  func storedBits() throws {
    // Overlays lie above the value; the values of the second file lie four bits up.
    var fixture = DICOMFixture([0xF123, 0x8001], width: 2, height: 1, bitsStored: 12)
    #expect(try fixture.image().storedValues == [0x123, 1])
    fixture.elements[0x0028_0102] = .words([15], type: "US")
    #expect(try fixture.image().storedValues == [0xF12, 0x800])
    fixture.elements[0x0028_0103] = .words([1], type: "US")
    #expect(try fixture.image().storedValues == [-0xEE, -0x800])
  }

  @Test(
    "Does without transfer syntax",
    arguments: [
      DICOMFixture.Layout.explicitLittleEndian, .implicitLittleEndian,
    ])
  func noTransferSyntax(_ layout: DICOMFixture.Layout) throws {
    var fixture = DICOMFixture([1, 2], width: 2, height: 1, layout: layout)
    fixture.transferSyntaxUID = nil
    let image = try fixture.image()
    #expect(image.storedValues == [1, 2])
    #expect(image.transferSyntaxUID == nil)
  }

  @Test("Tells how a frame is compressed by its first bytes, not by the transfer syntax")
  func frameWithoutTransferSyntax() throws {
    let image = ImageEncodingTests.noise(12, 9, bitDepth: 8)
    let jpeg = try image.jpegBytes()
    var fixture = DICOMFixture([], width: 12, height: 9, bitsStored: 8)
    fixture.elements[0x0028_0100] = .words([8], type: "US")
    // A sequence of undefined length: an empty table of offsets, the frame, the end.
    let item = DICOMFixture.tag(0xFFFE_E000, .explicitLittleEndian)
    let even = jpeg + (jpeg.count.isMultiple(of: 2) ? [] : [0])
    let end = DICOMFixture.tag(0xFFFE_E0DD, .explicitLittleEndian) + [0, 0, 0, 0]
    let fragments =
      item + [0, 0, 0, 0] + item
      + DICOMFixture.number(even.count, 4, .explicitLittleEndian) + even + end
    let expected = try GrayImage(decoding: jpeg, name: "a").numbers
    for uid in [nil, "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.90"] {
      fixture.transferSyntaxUID = uid
      fixture.elements[0x7FE0_0010] = nil
      let head = DICOMFixture.tag(0x7FE0_0010, .explicitLittleEndian) + Array("OB".utf8)
      let bytes = fixture.bytes + head + [0, 0, 0xFF, 0xFF, 0xFF, 0xFF] + fragments
      let read = try DICOMImage(decoding: bytes, name: "a")
      #expect(read.storedValues.map { Int($0) } == expected, "\(uid ?? "none")")
    }
  }

  @Test(
    "Refuses by name what it does not read",
    arguments: [
      (UInt32(0x0028_0008), DICOMFixture.Value.text("3", type: "IS"), "3 frames"),
      (0x0028_0002, .words([3], type: "US"), "colours"),
      (0x0028_0004, .text("PALETTE COLOR", type: "CS"), "PALETTE COLOR"),
      (0x0028_0100, .words([32], type: "US"), "32 bits"),
      (0x0028_0100, .words([1], type: "US"), "1 bits"),
    ])
  func unsupported(_ tag: UInt32, _ value: DICOMFixture.Value, _ words: String) {
    var fixture = DICOMFixture([1, 2], width: 2, height: 1)
    fixture.elements[tag] = value
    let error = #expect(throws: ImageError.self) { try fixture.image() }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains(words) == true)
  }

  @Test(
    "Refuses other transfer syntaxes by name",
    arguments: [
      ("1.2.840.10008.1.2.4.201", "HTJ2K"), ("1.2.840.10008.1.2.4.100", "MPEG"),
      ("1.2.840.10008.1.2.4.110", "JPEG XL"), ("1.2.840.10008.1.2.4.92", "JPEG 2000 part 2"),
      ("1.2.3", "1.2.3"),
    ])
  func transferSyntaxes(_ uid: String, _ words: String) {
    var fixture = DICOMFixture([1, 2], width: 2, height: 1)
    fixture.transferSyntaxUID = uid
    let error = #expect(throws: ImageError.self) { try fixture.image() }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains(words) == true)
    #expect(error?.message.contains(uid) == true)
  }

  @Test("Repeats nothing of a file that would not fit on a line")
  func quoting() {
    var fixture = DICOMFixture([1, 2], width: 2, height: 1)
    fixture.elements[0x0028_0004] = .text(
      "RGB\u{1B}[31m\n" + String(repeating: "!", count: 9000), type: "CS")
    let error = #expect(throws: ImageError.self) { try fixture.image() }
    #expect(error?.message.contains("RGB[31m!!!") == true)
    #expect(error?.message.utf8.allSatisfy { $0 >= 32 } == true)
    #expect((error?.message.count ?? 0) < 200)
  }

  @Test(
    "Refuses headers that cannot be right, naming the element",
    arguments: [
      (UInt32(0x0028_0010), nil, "Rows"), (0x0028_0011, .words([0], type: "US"), "Columns"),
      (0x0028_0101, .words([17], type: "US"), "BitsStored"),
      (0x0028_0102, .words([14], type: "US"), "HighBit"),
      (0x0028_0103, .words([2], type: "US"), "PixelRepresentation"),
      (0x0028_0004, nil, "PhotometricInterpretation"),
      (0x0028_1053, .text("steep", type: "DS"), "RescaleSlope"),
      (0x0028_1053, .text("1e400", type: "DS"), "RescaleSlope"),
      (0x7FE0_0010, nil, "no pixels"), (0x7FE0_0010, .words([1], type: "OW"), "2 bytes, too few"),
    ] as [(UInt32, DICOMFixture.Value?, String)])
  func malformed(_ tag: UInt32, _ value: DICOMFixture.Value?, _ words: String) {
    var fixture = DICOMFixture([1, 2], width: 2, height: 1)
    fixture.elements[tag] = value
    let error = #expect(throws: ImageError.self) { try fixture.image() }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
