// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRTestSupport
import Testing

@testable import CXRImage

@Suite("Resizing")
struct ResizeTests {
  /// One filter on one picture, with what the library named in `ResizeFilter` makes of it.
  struct Reference: Sendable, CustomTestStringConvertible {
    let filter: ResizeFilter
    let seed: Int
    let from: [Int]
    let to: [Int]
    let bytes: [Int]
    let words: [Int]
    let floats: [Double]

    var testDescription: String { "\(filter) \(from) → \(to)" }
    var transform: ImageTransform { .resize(.exactly(width: to[0], height: to[1]), filter) }

    /// The largest difference allowed in whole numbers, as documented.
    var tolerance: Int {
      switch filter {
      case .bilinear, .bicubic, .lanczos, .nearest: 0
      case .area, .adaptiveArea, .pointBilinear, .cornerBilinear: 1
      }
    }

    static func all() throws -> [Reference] {
      try ImageGolden.json("resize").list.map { value in
        guard let filter = ResizeFilter(rawValue: try value["filter"].text) else {
          throw GoldenJSON.Mismatch(description: "the name of a filter")
        }
        return Reference(
          filter: filter, seed: try value["seed"].integer, from: try value["from"].integers,
          to: try value["to"].integers, bytes: try value["bytes"].integers,
          words: try value["words"].integers, floats: try value["floats"].numbers)
      }
    }
  }

  @Test(
    "Agrees with the named libraries in bytes, words and floats", arguments: try Reference.all())
  func agreesWithReference(_ reference: Reference) throws {
    let (width, height) = (reference.from[0], reference.from[1])
    let bytes = try ImageGolden.picture(width, height, seed: reference.seed)
      .transformed(by: reference.transform)
    #expect(bytes.width == reference.to[0] && bytes.height == reference.to[1])
    #expect(farthest(bytes.values, reference.bytes) <= reference.tolerance)
    let picture = ImageGolden.picture(width, height, seed: reference.seed, bitDepth: 16)
    let words = try picture.transformed(by: reference.transform)
    #expect(words.bitDepth == 16)
    #expect(farthest(words.values, reference.words) <= reference.tolerance)
    // Without bounds, so that the swings of bicubic and Lanczos filters are compared too.
    let floats = try RangedImage<UnitRange>(picture)
      .standardized(by: Standardization(mean: 0, standardDeviation: 1))
      .transformed(by: reference.transform)
    #expect(floats.distance(to: reference.floats) <= 1e-5)
  }

  @Test("Every filter is covered")
  func coversFilters() throws {
    #expect(Set(try Reference.all().map(\.filter)) == Set(ResizeFilter.allCases))
  }

  @Test("Leaves a constant image constant", arguments: ResizeFilter.allCases)
  func keepsConstant(_ filter: ResizeFilter) throws {
    let stream = RandomStream(seed: 11, index: 0)
    for index in 0..<20 {
      let sides = (0..<4).map { 1 + stream.index(at: 5 * index + $0, below: 40) }
      let value = UInt16(stream.index(at: 5 * index + 4, below: 1_024))
      let image = GrayImage(
        width: sides[0], height: sides[1],
        pixels: .words(ContiguousArray(repeating: value, count: sides[0] * sides[1])), bitDepth: 10)
      let resized = try image.transformed(
        by: .resize(.exactly(width: sides[2], height: sides[3]), filter))
      #expect(resized.values.allSatisfy { $0 == Int(value) })
    }
  }

  @Test("Never leaves the bounds of the image", arguments: [ResizeFilter.bicubic, .lanczos])
  func staysInBounds(_ filter: ResizeFilter) throws {
    // A checkerboard of black and white makes the filters swing as far as they can.
    let board = (0..<400).map { ($0 % 20 / 3 + $0 / 20 / 3) % 2 }
    let words = GrayImage(
      width: 20, height: 20, pixels: .words(ContiguousArray(board.map { UInt16($0 * 1_023) })),
      bitDepth: 10)
    let large = try words.transformed(by: .resize(.square(47), filter))
    #expect(large.extrema == 0...1_023)
    let unit = try RangedImage<UnitRange>(words).transformed(by: .resize(.square(47), filter))
    #expect(unit.pixels.min() == 0 && unit.pixels.max() == 1)
    let free = try RangedImage<UnitRange>(words)
      .standardized(by: Standardization(mean: 0, standardDeviation: 1))
      .transformed(by: .resize(.square(47), filter))
    #expect((free.pixels.max() ?? 0) > 1.01)
  }

  @Test("Keeps the mean when the area filter shrinks by a whole factor")
  func keepsMean() throws {
    let image = ImageGolden.picture(48, 36, seed: 9, bitDepth: 16)
    let unit = RangedImage<UnitRange>(image)
    let small = try unit.transformed(by: .resize(.exactly(width: 12, height: 9), .area))
    let means = [unit, small].map { image in
      image.pixels.reduce(0) { $0 + Double($1) } / Double(image.pixels.count)
    }
    #expect(means[0].isClose(to: means[1], absolute: 1e-6))
  }

  @Test("Keeps proportions when one side is given")
  func keepsProportions() {
    #expect(ResizeTarget.shorterSide(224).size(width: 1_000, height: 700) == (320, 224))
    #expect(ResizeTarget.shorterSide(224).size(width: 700, height: 1_000) == (224, 320))
    #expect(ResizeTarget.longerSide(256).size(width: 1_000, height: 700) == (256, 179))
    #expect(ResizeTarget.longerSide(256).size(width: 3, height: 2_000) == (1, 256))
  }

  @Test("Stops at a size of zero")
  func stopsAtZero() async {
    await #expect(processExitsWith: .failure) {
      let image = GrayImage(width: 1, height: 1, pixels: .bytes([0]), bitDepth: 8)
      _ = try image.transformed(by: .resize(.square(0), .area))
    }
  }

  private func farthest(_ values: [Int], _ expected: [Int]) -> Int {
    guard values.count == expected.count else { return .max }
    return zip(values, expected).map { abs($0 - $1) }.max() ?? 0
  }
}
