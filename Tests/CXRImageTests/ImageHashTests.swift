// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Testing

@testable import CXRImage

@Suite("Fingerprints of images")
struct ImageHashTests {
  @Test("Agree with Python's imagehash to the bit")
  func agreesWithImagehash() throws {
    for value in try ImageGolden.json("hashes").list {
      let size = try value["size"].integers
      let image = ImageGolden.picture(size[0], size[1], seed: try value["seed"].integer)
      #expect(try PerceptualHash(image).description == value["phash"].text)
      #expect(try DifferenceHash(image).description == value["dhash"].text)
    }
  }

  @Test("Stay near when an image is resized, and are far from other images")
  func staysNear() throws {
    let image = try smooth(7)
    let small = try image.transformed(by: .resize(.square(90), .area))
    let words = GrayImage(RangedImage<UnitRange>(image), bitDepth: 12)
    let other = try smooth(20)
    #expect(PerceptualHash(image).distance(to: PerceptualHash(small)) <= 4)
    #expect(PerceptualHash(image).distance(to: PerceptualHash(words)) <= 2)
    #expect(PerceptualHash(image).distance(to: PerceptualHash(other)) > 12)
    #expect(DifferenceHash(image).distance(to: DifferenceHash(small)) <= 2)
    #expect(DifferenceHash(image).distance(to: DifferenceHash(other)) > 6)
  }

  @Test("Count the bits that differ")
  func countsBits() {
    #expect(PerceptualHash(bits: 0b1011).distance(to: PerceptualHash(bits: 0b0110)) == 3)
    #expect(PerceptualHash(bits: 0).distance(to: PerceptualHash(bits: .max)) == 64)
  }

  @Test("Are read back from their digits, and from nothing else")
  func readsDigits() {
    #expect(PerceptualHash("00000000000000ff")?.bits == 255)
    #expect(DifferenceHash("f0000000000000FF")?.description == "f0000000000000ff")
    for text in ["", "ff", "00000000000000fg", "+000000000000001", "00000000000000000"] {
      #expect(PerceptualHash(text) == nil)
    }
  }

  /// A picture without fine texture, made by enlarging a small one.
  private func smooth(_ seed: Int) throws -> GrayImage {
    try ImageGolden.picture(9, 9, seed: seed).transformed(by: .resize(.square(240), .bicubic))
  }
}
