// SPDX-License-Identifier: Apache-2.0

extension DICOMImage {
  /// The image as it is shown, 16 bits a pixel.
  ///
  /// Stored values are rescaled, then go through the display table; without one, through the first
  /// window; without that, lowest to highest value are stretched from black to white. What comes
  /// out is stretched over 0…65,535, and turned last if low values are bright. An image of one
  /// value and no window is black, or white if it is turned.
  ///
  /// - Returns: The image.
  /// - Complexity: O(number of pixels).
  public func grayImage() -> GrayImage {
    var isPresent = [Bool](repeating: false, count: 1 << 16)
    for word in words { isPresent[Int(word)] = true }
    let present = isPresent.indices.filter { isPresent[$0] }.map { UInt16($0) }
    let brightness = brightness(of: present)
    var shown = [UInt16](repeating: 0, count: 1 << 16)
    for word in present {
      let level = Self.level(brightness(rescaled(word)))
      shown[Int(word)] = photometric == .monochrome1 ? .max - level : level
    }
    return GrayImage(
      width: width, height: height, pixels: .words(ContiguousArray(words.map { shown[Int($0)] })),
      bitDepth: 16)
  }

  /// Which rescaled value is how bright, 0 to 1.
  private func brightness(of present: [UInt16]) -> (Double) -> Double {
    if let displayTable {
      let maximum = Double(1 << displayTable.bitDepth - 1)
      return { Double(displayTable[$0]) / maximum }
    }
    if let window { return window.brightness }
    let values = present.map(rescaled)
    let lowest = values.min() ?? 0
    let extent = (values.max() ?? 0) - lowest
    return { extent > 0 ? ($0 - lowest) / extent : 0 }
  }

  /// A brightness as a level; written so that what is not a number becomes black.
  private static func level(_ brightness: Double) -> UInt16 {
    guard brightness > 0 else { return 0 }
    return brightness < 1 ? UInt16((brightness * 65_535).rounded()) : .max
  }
}
