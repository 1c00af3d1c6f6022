// SPDX-License-Identifier: Apache-2.0

/// One channel of pixels, rows from top to bottom: what the transforms work on.
struct Plane<Pixel: PlanePixel>: Sendable {
  let width: Int
  let height: Int
  let pixels: ContiguousArray<Pixel>
  /// The values that a pixel may have; filters that swing past them are cut off here.
  let bounds: ClosedRange<Pixel>
  /// The value of padding and of whatever lies outside.
  let black: Pixel

  init(
    width: Int, height: Int, pixels: ContiguousArray<Pixel>, bounds: ClosedRange<Pixel>,
    black: Pixel? = nil
  ) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.bounds = bounds
    self.black = black ?? bounds.lowerBound
  }

  /// Returns a plane of another size with the same bounds.
  func with(width: Int, height: Int, pixels: ContiguousArray<Pixel>) -> Plane {
    Plane(width: width, height: height, pixels: pixels, bounds: bounds, black: black)
  }

  /// Copies a region; what lies outside of the plane is black.
  func extracting(_ region: PixelRegion) -> Plane {
    var result = ContiguousArray(repeating: black, count: region.width * region.height)
    let columns = max(region.x, 0)..<min(region.x + region.width, width)
    for row in max(region.y, 0)..<max(min(region.y + region.height, height), max(region.y, 0)) {
      guard !columns.isEmpty else { break }
      let start = (row - region.y) * region.width - region.x
      result.replaceSubrange(
        (start + columns.lowerBound)..<(start + columns.upperBound),
        with: pixels[(row * width + columns.lowerBound)..<(row * width + columns.upperBound)])
    }
    return with(width: region.width, height: region.height, pixels: result)
  }

  /// Mirrors left and right.
  func flippedHorizontally() -> Plane {
    var result = pixels
    for row in 0..<height {
      result[(row * width)..<((row + 1) * width)].reverse()
    }
    return with(width: width, height: height, pixels: result)
  }
}
