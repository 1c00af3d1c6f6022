// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Testing

@testable import CXRImage

@Suite("Intensities")
struct IntensityTests {
  private static let percents = [0, 0.5, 2.5, 50, 99, 100]

  /// The script darkens and lifts later pictures, so that their histograms have gaps.
  private static func picture(_ value: GoldenJSON) throws -> GrayImage {
    let seed = try value["seed"].integer
    let size = try value["size"].integers
    let values = ImageGolden.picture(size[0], size[1], seed: seed).values
      .map { UInt8($0 / (1 + seed) + 10 * seed) }
    return GrayImage(
      width: size[0], height: size[1], pixels: .bytes(ContiguousArray(values)), bitDepth: 8)
  }

  @Test("Equalises as OpenCV does, to the bit")
  func equalizesAsOpenCV() throws {
    for value in try ImageGolden.json("intensity")["images"].list {
      #expect(try Self.picture(value).equalized().values == value["equalized"].integers)
    }
  }

  @Test("Equalising spreads 16-bit values over their range and keeps their order")
  func equalizesWords() {
    let image = GrayImage(
      width: 4, height: 1, pixels: .words([500, 100, 300, 300]), bitDepth: 12)
    #expect(image.equalized().values == [4_095, 0, 2_730, 2_730])
    let blank = GrayImage(width: 2, height: 1, pixels: .words([9, 9]), bitDepth: 12)
    #expect(blank.equalized() == blank)
  }

  @Test("Mean and deviation of an image agree with NumPy")
  func momentsAgree() throws {
    for value in try ImageGolden.json("intensity")["images"].list {
      let bytes = try Standardization(of: Self.picture(value))
      #expect(try (bytes.mean * 255).isClose(to: value["mean"].number, absolute: 1e-10))
      #expect(
        try (bytes.standardDeviation * 255).isClose(to: value["deviation"].number, absolute: 1e-10))
      let words = try Standardization(of: Self.words(value))
      #expect(try (words.mean * 65_535).isClose(to: value["wordMean"].number, absolute: 1e-8))
      #expect(
        try (words.standardDeviation * 65_535).isClose(
          to: value["wordDeviation"].number, absolute: 1e-8))
    }
  }

  @Test("An image standardised by itself has mean 0 and deviation 1")
  func standardizesByItself() throws {
    let image = ImageGolden.picture(30, 20, seed: 5, bitDepth: 16)
    let result = RangedImage<UnitRange>(image).standardized(by: try Standardization(of: image))
    let count = Double(result.pixels.count)
    let mean = result.pixels.reduce(0) { $0 + Double($1) } / count
    let square = result.pixels.reduce(0) { $0 + Double($1) * Double($1) } / count
    #expect(mean.isClose(to: 0, absolute: 1e-6))
    #expect(square.isClose(to: 1, absolute: 1e-6))
  }

  @Test("Pixels of one value have no deviation to standardise by")
  func refusesBlank() {
    let blank = GrayImage(width: 3, height: 1, pixels: .bytes([7, 7, 7]), bitDepth: 8)
    let error = #expect(throws: ImageError.self) { try Standardization(of: blank) }
    #expect(error?.code == .unfitValue)
  }

  @Test("Percentiles agree with NumPy")
  func percentilesAgree() throws {
    for value in try ImageGolden.json("intensity")["images"].list {
      let image = try Self.words(value)
      for (percent, expected) in zip(Self.percents, try value["percentiles"].numbers) {
        #expect(image.percentile(percent).isClose(to: expected, absolute: 1e-9))
      }
    }
    let single = GrayImage(width: 1, height: 1, pixels: .bytes([9]), bitDepth: 8)
    #expect(single.percentile(50) == 9 && single.percentile(100) == 9)
  }

  @Test("Clipping cuts off what lies beyond the percentiles")
  func clips() {
    let image = GrayImage(
      width: 5, height: 1, pixels: .bytes([0, 100, 150, 200, 255]), bitDepth: 8)
    let clipped = RangedImage<SignedUnitRange>(clipping: image, to: 25...75)
    #expect(clipped.pixels == [-1, -1, 0, 1, 1])
  }

  @Test("Brightness and contrast agree with torchvision")
  func jitterAgrees() throws {
    let unit = RangedImage<UnitRange>(ImageGolden.picture(12, 10, seed: 4))
    let golden = try ImageGolden.json("intensity")
    for value in try golden["brightness"].list {
      let result = unit.brightness(times: try value["factor"].number)
      #expect(try result.distance(to: value["pixels"].numbers) < 1e-6)
    }
    for value in try golden["contrast"].list {
      let result = unit.contrast(times: try value["factor"].number)
      #expect(try result.distance(to: value["pixels"].numbers) < 1e-6)
    }
  }

  private static func words(_ value: GoldenJSON) throws -> GrayImage {
    let size = try value["size"].integers
    return ImageGolden.picture(
      size[0], size[1], seed: try value["seed"].integer, bitDepth: 16)
  }
}
