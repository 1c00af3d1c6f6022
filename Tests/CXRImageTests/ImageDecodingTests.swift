// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTestSupport
import Crypto
import Foundation
import Testing

@Suite("Image decoding")
struct ImageDecodingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Takes the pixels that the other program takes", arguments: try ImageFixture.all)
  func agrees(_ fixture: ImageFixture) throws {
    let image = try GrayImage(
      decoding: Array(fixture.bytes), name: fixture.name, shrinkingTo: fixture.minimumSide)
    #expect(image.width == fixture.width && image.height == fixture.height)
    #expect(image.bitDepth == fixture.bitDepth)
    #expect(image.numbers == fixture.pixels)
  }

  @Test("Goes by the content of a file, whatever its name is", arguments: ["a.jpg", "a.dcm", "a"])
  func mislabelled(_ name: String) throws {
    let fixture = try #require(try ImageFixture.all.first)
    let path = try folder.write(fixture.bytes, to: name)
    #expect(try GrayImage(contentsOf: path).numbers == fixture.pixels)
  }

  @Test("Shrinks a JPEG no further than to the side that is asked for")
  func shrinking() throws {
    let image = GrayImage(
      width: 100, height: 64, pixels: .bytes(ContiguousArray(repeating: 77, count: 6400)),
      bitDepth: 8)
    let bytes = try image.jpegBytes()
    for (minimumSide, side) in [(1, 8), (8, 8), (9, 16), (16, 16), (17, 32), (33, 64), (99, 64)] {
      let small = try GrayImage(decoding: bytes, name: "a", shrinkingTo: minimumSide)
      #expect(small.height == side)
      #expect(small.numbers.allSatisfy { $0 == 77 })
    }
  }

  struct NIHImage: Decodable {
    let mode: String
    let sha256: String
  }

  @Test("Takes Pillow's pixels from the radiographs of NIH", .enabled(if: Shared.isPresent))
  func nih() throws {
    let images: [String: NIHImage] = try ImageFixture.golden("nih_pixels.json")
    #expect(images.count == 60)
    #expect(Set(images.values.map(\.mode)) == ["gray", "4 channels"])
    for (name, expected) in images.sorted(by: { $0.key < $1.key }) {
      let image = try GrayImage(contentsOf: Shared.url("data/nih/images/\(name)").path)
      #expect(image.width == 1024 && image.height == 1024)
      guard case .bytes(let bytes) = image.pixels else {
        Issue.record("\(name) has more than 8 bits")
        continue
      }
      let digest = SHA256.hash(data: Array(bytes)).map { String(format: "%02x", $0) }.joined()
      #expect(digest == expected.sha256, "\(name)")
    }
  }
}
