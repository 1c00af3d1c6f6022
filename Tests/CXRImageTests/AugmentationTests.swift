// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRTestSupport
import Testing

@testable import CXRImage

@Suite("Augmentation")
struct AugmentationTests {
  /// Everything switched on.
  private static let full = {
    var augmentation = Augmentation()
    augmentation.flipProbability = 0.5
    augmentation.rotationDegrees = 15
    augmentation.translation = 0.1
    augmentation.scale = 0.9...1.1
    augmentation.shearDegrees = 5
    augmentation.brightness = 0.2
    augmentation.contrast = 0.3
    augmentation.crop = RandomCrop(side: 24)
    return augmentation
  }()

  @Test("Warps as torchvision does where nothing lies beyond")
  func warpsAsTorchvision() throws {
    let unit = RangedImage<UnitRange>(ImageGolden.picture(21, 18, seed: 3))
    for value in try ImageGolden.json("geometry")["affine"].list {
      let shift = try value["shift"].numbers
      let shear = try value["shear"].numbers
      let warp = AffineWarp(
        angleDegrees: try value["angle"].number, shiftX: shift[0], shiftY: shift[1],
        scale: try value["scale"].number, shearXDegrees: shear[0], shearYDegrees: shear[1])
      #expect(try unit.warped(by: warp).distance(to: value["pixels"].numbers) < 1e-5)
    }
  }

  @Test("Fills what lies beyond as SciPy does")
  func fillsAsSciPy() throws {
    let unit = RangedImage<UnitRange>(ImageGolden.picture(21, 18, seed: 3))
    let value = try ImageGolden.json("geometry")["filled"]
    let warp = AffineWarp(angleDegrees: try value["angle"].number)
    let result = unit.warped(by: warp, fill: Float(try value["fill"].number))
    #expect(try result.distance(to: value["pixels"].numbers) < 1e-5)
  }

  @Test("A warp that moves nothing changes nothing, and black is the range's own")
  func keepsImage() {
    let xrv = RangedImage<XRVRange>(ImageGolden.picture(15, 9, seed: 1))
    #expect(xrv.warped(by: AffineWarp()) == xrv)
    let away = xrv.warped(by: AffineWarp(shiftX: 15))
    #expect(away.pixels.allSatisfy { $0 == -1_024 })
    let shifted = xrv.warped(by: AffineWarp(shiftX: 1))
    #expect(shifted.pixels[1] == xrv.pixels[0])
  }

  @Test("The same key gives the same bits, another key another draw")
  func repeatsDraws() throws {
    let unit = RangedImage<UnitRange>(ImageGolden.picture(32, 28, seed: 1))
    let first = Self.full.draw(seed: 7, index: 3, width: 32, height: 28)
    let again = Self.full.draw(seed: 7, index: 3, width: 32, height: 28)
    #expect(first == again)
    #expect(try first.apply(to: unit) == again.apply(to: unit))
    #expect(first != Self.full.draw(seed: 7, index: 4, width: 32, height: 28))
    #expect(first != Self.full.draw(seed: 8, index: 3, width: 32, height: 28))
  }

  @Test("Switching one change off leaves the others as they were")
  func streamsAreSeparate() {
    var calm = Self.full
    calm.rotationDegrees = 0
    calm.crop = nil
    let first = Self.full.draw(seed: 7, index: 3, width: 24, height: 24)
    let second = calm.draw(seed: 7, index: 3, width: 24, height: 24)
    #expect(second.warp?.angleDegrees == 0 && second.crop == nil)
    #expect(second.isFlipped == first.isFlipped && second.brightness == first.brightness)
    #expect(second.warp?.scale == first.warp?.scale && second.warp?.shiftX == first.warp?.shiftX)
  }

  @Test("Without settings nothing changes")
  func keepsByDefault() throws {
    let unit = RangedImage<UnitRange>(ImageGolden.picture(12, 10, seed: 2))
    for index in 0..<20 {
      let draw = Augmentation().draw(seed: 1, index: index, width: 12, height: 10)
      #expect(try draw.apply(to: unit) == unit)
    }
  }

  @Test("Draws stay within their limits and fill them", arguments: [1, 2] as [UInt64])
  func staysWithinLimits(seed: UInt64) {
    let draws = (0..<2_000).map { Self.full.draw(seed: seed, index: $0, width: 200, height: 100) }
    let flips = draws.count { $0.isFlipped }
    // Six standard deviations of a fair coin.
    #expect(abs(flips - 1_000) < 135)
    let angles = draws.map { $0.warp?.angleDegrees ?? 0 }
    #expect(angles.allSatisfy { abs($0) <= 15 })
    #expect((angles.max() ?? 0) > 14 && (angles.min() ?? 0) < -14)
    #expect(draws.allSatisfy { $0.warp?.shiftX == $0.warp?.shiftX.rounded() })
    #expect(draws.allSatisfy { abs($0.warp?.shiftX ?? 9) <= 2 })
    #expect(draws.allSatisfy { (0.8...1.2).contains($0.brightness ?? 0) })
    #expect(draws.allSatisfy { (0.7...1.3).contains($0.contrast ?? 0) })
    #expect(draws.allSatisfy { $0.crop?.isInside(width: 200, height: 100) == true })
    let areas = draws.compactMap { $0.crop.map { Double($0.width * $0.height) / 20_000 } }
    #expect((areas.min() ?? 0) > 0.07 && (areas.max() ?? 2) <= 1)
    let ratios = draws.compactMap { $0.crop.map { Double($0.width) / Double($0.height) } }
    #expect((ratios.min() ?? 0) > 0.7 && (ratios.max() ?? 9) < 1.4)
  }

  @Test("The same numbers give the crop of torchvision")
  func cropsAsTorchvision() throws {
    for value in try ImageGolden.json("geometry")["randomCrops"].list {
      let size = try value["size"].integers
      let region = RandomCrop(
        side: 8, area: try value["area"][0].number...value["area"][1].number,
        ratio: try value["ratio"][0].number...value["ratio"][1].number
      ).region(
        RandomStream(
          seed: UInt64(try value["seed"].integer), purpose: "augment.crop", index: 0),
        width: size[0], height: size[1])
      #expect(
        try [region.y, region.x, region.height, region.width] == value["region"].integers)
    }
  }

  @Test("Refuses an image that is smaller than the draw's")
  func refusesSmallImage() {
    let unit = RangedImage<UnitRange>(ImageGolden.picture(4, 4, seed: 2))
    let draw = Self.full.draw(seed: 1, index: 1, width: 300, height: 300)
    #expect(throws: ImageError.self) { try draw.apply(to: unit) }
  }

  @Test("Stops at settings beyond their limits")
  func stopsAtSettings() async {
    await #expect(processExitsWith: .failure) {
      var augmentation = Augmentation()
      augmentation.flipProbability = 1.5
      _ = augmentation.draw(seed: 1, index: 1, width: 8, height: 8)
    }
    await #expect(processExitsWith: .failure) { _ = RandomCrop(side: 8, area: 0.5...1.5) }
  }
}
