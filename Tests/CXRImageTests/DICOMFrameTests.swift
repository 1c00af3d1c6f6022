// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import CXRTestSupport
import Foundation
import Testing

/// A small compressed DICOM file and its values, from `Scripts/golden/make_dicom_fixtures.py`.
struct DICOMFrameFixture: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let width: Int
  let height: Int
  let bitsStored: Int
  let bytes: Data
  let pixels: [Int]

  var testDescription: String { name }

  static var all: [DICOMFrameFixture] {
    get throws { try ImageFixture.golden("dicom.json") }
  }
}

@Suite("DICOM frame")
struct DICOMFrameTests {
  private func read(_ bytes: Data, limits: ImageLimits = .standard) throws -> DICOMImage {
    try DICOMImage(decoding: Array(bytes), name: "a.dcm", limits: limits)
  }

  @Test("Takes the values that went in", arguments: try DICOMFrameFixture.all)
  func agrees(_ fixture: DICOMFrameFixture) throws {
    let image = try read(fixture.bytes)
    #expect(image.width == fixture.width && image.height == fixture.height)
    #expect(image.bitsStored == fixture.bitsStored)
    #expect(image.storedValues.map { Int($0) } == fixture.pixels)
  }

  @Test("Refuses a file that ends early, wherever that is", arguments: try DICOMFrameFixture.all)
  func truncated(_ fixture: DICOMFrameFixture) {
    for count in 0..<fixture.bytes.count {
      let error = #expect(throws: ImageError.self) { try read(fixture.bytes.prefix(count)) }
      #expect([.truncated, .malformed].contains(error?.code), "\(count) bytes")
    }
  }

  @Test(
    "Refuses a frame that ends early, in a file that does not", arguments: try DICOMFrameFixture.all
  )
  func truncatedFrame(_ fixture: DICOMFrameFixture) throws {
    let bytes = fixture.bytes
    let pixels = try #require(bytes.firstRange(of: [0xE0, 0x7F, 0x10, 0, 0x4F, 0x42])?.upperBound)
    // Behind the type and an undefined length: an empty table of offsets, the item of the frame.
    let item = pixels + 6 + 8
    let start = item + 8
    let length = bytes[(item + 4)..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    for count in stride(from: 0, to: length / 2, by: 2) {
      var part = bytes
      part.removeSubrange((start + count)..<(start + length))
      part.replaceSubrange(
        (item + 4)..<start,
        with: DICOMFixture.number(count, 4, .explicitLittleEndian))
      let error = #expect(throws: ImageError.self) { try read(part) }
      #expect(error?.code == .malformed, "\(count) of \(length) bytes")
    }
  }

  @Test(
    "Refuses a frame of another size than the header says", arguments: try DICOMFrameFixture.all)
  func size(_ fixture: DICOMFrameFixture) throws {
    for (tag, value) in [(UInt8(0x10), UInt16(fixture.height)), (0x11, UInt16(fixture.width))] {
      var bytes = fixture.bytes
      let element = try #require(bytes.firstRange(of: [0x28, 0, tag, 0, 0x55, 0x53, 2, 0]))
      bytes[element.upperBound] = UInt8(value * 2)
      let error = #expect(throws: ImageError.self) { try read(bytes) }
      #expect(error?.code == .malformed)
    }
  }

  @Test("Compares what decoding takes with the limits", arguments: try DICOMFrameFixture.all)
  func limits(_ fixture: DICOMFrameFixture) throws {
    var limits = ImageLimits.standard
    limits.pixelCount = fixture.pixels.count
    #expect(try read(fixture.bytes, limits: limits).width == fixture.width)
    limits.pixelCount -= 1
    #expect(throws: ImageError.self) { try read(fixture.bytes, limits: limits) }
    limits = .standard
    limits.decodedByteCount = fixture.pixels.count * 2
    let error = #expect(throws: ImageError.self) { try read(fixture.bytes, limits: limits) }
    #expect(error?.code == .tooLarge)
  }

  @Test("Refuses a JPEG 2000 image of more tiles than memory is good for")
  func tiles() throws {
    let fixture = try #require(try DICOMFrameFixture.all.first { $0.name == "JPEG 2000, 12 bits" })
    var bytes = fixture.bytes
    let start = try #require(bytes.firstRange(of: [0xFF, 0x4F, 0xFF, 0x51])?.lowerBound)
    // Tiles of one pixel.
    bytes.replaceSubrange((start + 24)..<(start + 32), with: [0, 0, 0, 1, 0, 0, 0, 1])
    var limits = ImageLimits.standard
    limits.decodedByteCount = 1 << 20
    let error = #expect(throws: ImageError.self) { try read(bytes, limits: limits) }
    #expect(error?.code == .tooLarge)
    // As many as can be written down.
    bytes.replaceSubrange((start + 8)..<(start + 16), with: [UInt8](repeating: 0xFF, count: 8))
    #expect(throws: ImageError.self) { try read(bytes) }
  }

  @Test("Refuses run lengths without segments, which GDCM would divide by")
  func segments() throws {
    let fixture = try #require(try DICOMFrameFixture.all.first { $0.name == "run lengths, 8 bits" })
    let head = Data([1, 0, 0, 0, 64, 0, 0, 0])
    let start = try #require(fixture.bytes.firstRange(of: head)?.lowerBound)
    for (offset, value) in [(0, UInt8(0)), (0, 2), (0, 15), (4, 0), (4, 63), (7, 0xFF)] {
      var bytes = fixture.bytes
      bytes[start + offset] = value
      let error = #expect(throws: ImageError.self) { try read(bytes) }
      #expect(error?.code == .malformed)
    }
  }

  @Test("Survives damage of any kind", arguments: try DICOMFrameFixture.all)
  func damaged(_ fixture: DICOMFrameFixture) throws {
    for round in 0..<200 {
      let stream = RandomStream(seed: 1, purpose: fixture.name, index: round)
      var bytes = fixture.bytes
      // Half of the damage is in the frame.
      let first = round.isMultiple(of: 2) ? 128 : bytes.count * 2 / 3
      for damage in 0..<3 {
        let index = first + stream.index(at: 2 * damage, below: bytes.count - first)
        bytes[index] = UInt8(stream.index(at: 2 * damage + 1, below: 256))
      }
      do throws(ImageError) {
        _ = try DICOMImage(decoding: Array(bytes), name: "damaged.dcm")
      } catch {
        #expect(error.message.contains("damaged.dcm"))
      }
    }
  }
}
