// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRTestSupport
import Testing

@testable import CXRImage

@Suite("Crops, pads and flips")
struct ImageTransformTests {
  @Test("Crops where each library crops", arguments: CropConvention.allCases)
  func cropsAsNamed(_ convention: CropConvention) throws {
    for value in try ImageGolden.json("geometry")["crops"].list {
      let from = try value["from"].integers
      let side = try value["side"].integer
      let image = try ImageGolden.picture(from[0], from[1], seed: 5)
        .transformed(by: .cropCenter(width: side, height: side, convention))
      #expect(try image.values == value[convention.rawValue].integers)
    }
  }

  @Test("The conventions differ where their table says")
  func conventionsDiffer() {
    #expect(CropConvention.allCases.map { $0.offset(of: 4, in: 7) } == [1, 2, 1])
    #expect(CropConvention.allCases.map { $0.offset(of: 5, in: 8) } == [2, 2, 1])
  }

  @Test("The largest square of odd sides starts where torchxrayvision starts")
  func cropsSquare() throws {
    let image = GrayImage(
      width: 6, height: 3,
      pixels: .bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]),
      bitDepth: 8)
    let square = try image.transformed(by: .cropSquare(.torchxrayvision))
    #expect(square.values == [2, 3, 4, 8, 9, 10, 14, 15, 16])
  }

  @Test("Pads with black, the odd pixel right or below")
  func padsSquare() throws {
    let tall = GrayImage(width: 1, height: 4, pixels: .bytes([1, 2, 3, 4]), bitDepth: 4)
    #expect(
      try tall.transformed(by: .padSquare).values == [
        0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0,
      ])
    let wide = GrayImage(width: 2, height: 1, pixels: .words([9, 8]), bitDepth: 12)
    #expect(try wide.transformed(by: .padSquare).values == [9, 8, 0, 0])
    let signed = try RangedImage<SignedUnitRange>(width: 2, height: 1, pixels: [0.5, 1])
    #expect(try signed.transformed(by: .padSquare).pixels == [0.5, 1, -1, -1])
    let standardized = try RangedImage<StandardizedRange>(width: 2, height: 1, pixels: [3, -5])
    #expect(try standardized.transformed(by: .padSquare).pixels == [3, -5, 0, 0])
  }

  @Test("A crop undoes a pad, and two flips undo each other", arguments: [3, 4, 5] as [UInt64])
  func undoes(seed: UInt64) throws {
    let stream = RandomStream(seed: seed, index: 0)
    let (width, height) = (1 + stream.index(at: 0, below: 30), 1 + stream.index(at: 1, below: 30))
    let image = ImageGolden.picture(width, height, seed: Int(seed), bitDepth: 16)
    let side = max(width, height)
    let region = PixelRegion(
      x: (side - width) / 2, y: (side - height) / 2, width: width, height: height)
    #expect(try image.transformed(by: .padSquare, .crop(region)) == image)
    #expect(try image.transformed(by: .flip, .flip) == image)
    let flipped = try image.transformed(by: .flip).values
    #expect(flipped[0] == image.values[width - 1])
  }

  @Test("Refuses a crop that is larger than the image")
  func refusesLargeCrop() {
    let image = ImageGolden.picture(8, 8, seed: 1)
    let error = #expect(throws: ImageError.self) {
      try image.transformed(by: .cropCenter(width: 9, height: 8, .torchvision))
    }
    #expect(error?.code == .unfitSize)
    #expect(error?.message.contains("8 × 8") == true)
    #expect(throws: ImageError.self) {
      try image.transformed(by: .crop(PixelRegion(x: 5, y: -1, width: 2, height: 2)))
    }
  }
}
