// SPDX-License-Identifier: Apache-2.0

extension GrayImage {
  /// Returns the image with another number of bits, white staying white.
  ///
  /// Values are multiplied by the ratio of the two whites and rounded to the nearest, halves up.
  ///
  /// - Parameter bitDepth: The number of bits of the result, 1 to 16.
  /// - Returns: The image; itself if it has as many bits already.
  public func stretched(toBitDepth bitDepth: Int) -> GrayImage {
    guard bitDepth != self.bitDepth else { return self }
    precondition((1...16).contains(bitDepth))
    let (from, to) = (maximum, (1 << bitDepth) - 1)
    // One table instead of a division per pixel.
    let table = (0...from).map { UInt16(($0 * to + from / 2) / from) }
    func mapped<Source: FixedWidthInteger, Target: FixedWidthInteger>(
      _ pixels: ContiguousArray<Source>, to _: Target.Type
    ) -> ContiguousArray<Target> {
      ContiguousArray(pixels.lazy.map { Target(truncatingIfNeeded: table[Int($0)]) })
    }
    let stretched: Pixels =
      switch pixels {
      case .bytes(let bytes) where bitDepth <= 8: .bytes(mapped(bytes, to: UInt8.self))
      case .bytes(let bytes): .words(mapped(bytes, to: UInt16.self))
      case .words(let words) where bitDepth <= 8: .bytes(mapped(words, to: UInt8.self))
      case .words(let words): .words(mapped(words, to: UInt16.self))
      }
    return GrayImage(width: width, height: height, pixels: stretched, bitDepth: bitDepth)
  }
}
