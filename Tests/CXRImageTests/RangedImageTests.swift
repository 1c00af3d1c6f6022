// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Testing

@testable import CXRImage

@Suite("Ranges of values")
struct RangedImageTests {
  private static let levels = GrayImage(
    width: 4, height: 1, pixels: .bytes([0, 51, 204, 255]), bitDepth: 8)

  @Test("Black and white reach the bounds of every range")
  func reachesBounds() {
    #expect(RangedImage<UnitRange>(Self.levels).pixels == [0, 0.2, 0.8, 1])
    #expect(RangedImage<ByteRange>(Self.levels).pixels == [0, 51, 204, 255])
    let signed = RangedImage<SignedUnitRange>(Self.levels)
    #expect(signed.distance(to: [-1, -0.6, 0.6, 1]) < 1e-6)
    let xrv = RangedImage<XRVRange>(Self.levels)
    #expect(xrv.distance(to: [-1_024, -614.4, 614.4, 1_024]) < 1e-4)
    #expect(xrv.pixels.first == -1_024 && xrv.pixels.last == 1_024)
  }

  @Test("Every level becomes what torchxrayvision's formula gives, to the bit")
  func matchesFormula() {
    let all = GrayImage(
      width: 256, height: 1, pixels: .bytes(ContiguousArray(0...255)), bitDepth: 8)
    let expected = (0...255).map { (2 * (Float($0) / 255) - 1) * 1_024 }
    #expect(Array(RangedImage<XRVRange>(all).pixels) == expected)
    #expect(RangedImage<XRVRange>(RangedImage<UnitRange>(all)) == RangedImage<XRVRange>(all))
  }

  @Test("Ranges convert to each other and back")
  func convertsBack() {
    let image = ImageGolden.picture(16, 16, seed: 2, bitDepth: 16)
    let unit = RangedImage<UnitRange>(image)
    let back = RangedImage<UnitRange>(
      RangedImage<ByteRange>(RangedImage<SignedUnitRange>(RangedImage<XRVRange>(unit))))
    #expect(back.distance(to: unit.pixels.map { Double($0) }) < 1e-6)
    #expect(GrayImage(unit, bitDepth: 16) == image)
    #expect(GrayImage(RangedImage<XRVRange>(image), bitDepth: 16) == image)
  }

  @Test("Writes levels of fewer bits, halves upwards")
  func roundsLevels() throws {
    let unit = try RangedImage<UnitRange>(width: 5, height: 1, pixels: [0, 0.1, 0.5, 0.84, 1])
    #expect(GrayImage(unit, bitDepth: 1).values == [0, 0, 1, 1, 1])
    #expect(GrayImage(unit).values == [0, 26, 128, 214, 255])
  }

  @Test("Another white is taken at its word, and checked")
  func checksWhite() throws {
    let image = GrayImage(width: 3, height: 1, pixels: .words([0, 1_024, 4_095]), bitDepth: 16)
    let unit = try RangedImage<UnitRange>(image, whiteAt: 4_095)
    #expect(unit.pixels.last == 1)
    let error = #expect(throws: ImageError.self) {
      try RangedImage<XRVRange>(image, whiteAt: 4_094)
    }
    #expect(error?.code == .unfitValue)
    #expect(error?.message.contains("4095") == true)
  }

  @Test("Stretching uses the whole range, and makes a blank image black")
  func stretches() throws {
    let image = GrayImage(width: 3, height: 1, pixels: .bytes([100, 110, 120]), bitDepth: 8)
    #expect(RangedImage<XRVRange>(stretching: image).pixels == [-1_024, 0, 1_024])
    #expect(RangedImage<UnitRange>(stretching: RangedImage<XRVRange>(image)).pixels == [0, 0.5, 1])
    let blank = GrayImage(width: 2, height: 1, pixels: .bytes([7, 7]), bitDepth: 8)
    #expect(RangedImage<XRVRange>(stretching: blank).pixels == [-1_024, -1_024])
    #expect(
      RangedImage<SignedUnitRange>(stretching: RangedImage<UnitRange>(blank)).pixels == [-1, -1])
  }

  @Test("Refuses values out of range and values that are no numbers")
  func refusesValues() throws {
    for value: Float in [-0.001, 1.001, .nan, .infinity] {
      let error = #expect(throws: ImageError.self) {
        try RangedImage<UnitRange>(width: 2, height: 1, pixels: [0, value])
      }
      #expect(error?.code == .unfitValue)
    }
    #expect(throws: ImageError.self) {
      try RangedImage<StandardizedRange>(width: 1, height: 1, pixels: [.infinity])
    }
    _ = try RangedImage<StandardizedRange>(width: 1, height: 1, pixels: [40])
  }

  @Test("Standardising subtracts the mean in deviations")
  func standardizes() throws {
    let unit = try RangedImage<UnitRange>(width: 2, height: 1, pixels: [0.25, 1])
    let result = unit.standardized(by: Standardization(mean: 0.5, standardDeviation: 0.25))
    #expect(result.pixels == [-1, 2])
    #expect(Standardization.imageNet.map(\.mean) == [0.485, 0.456, 0.406])
  }

  @Test("Stops at pixels that do not fill the sides")
  func stopsAtRaggedPixels() async {
    await #expect(processExitsWith: .failure) {
      _ = try RangedImage<UnitRange>(width: 2, height: 2, pixels: [0, 0, 0])
    }
  }
}
