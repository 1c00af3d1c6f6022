// SPDX-License-Identifier: Apache-2.0

extension GrayImage {
  /// The smallest and the largest pixel.
  ///
  /// - Complexity: O(pixels).
  public var extrema: ClosedRange<Int> {
    switch pixels {
    case .bytes(let bytes): Int(bytes.min() ?? 0)...Int(bytes.max() ?? 0)
    case .words(let words): Int(words.min() ?? 0)...Int(words.max() ?? 0)
    }
  }

  /// Creates an image to be written to a file: black becomes 0, white `2^bitDepth − 1`.
  ///
  /// Values between two levels go to the nearer one, halves upwards.
  ///
  /// - Parameters:
  ///   - image: An image whose range has a black and a white.
  ///   - bitDepth: The number of significant bits, 1 to 16.
  /// - Complexity: O(pixels).
  public init<Range: LinearRange>(_ image: RangedImage<Range>, bitDepth: Int = 8) {
    precondition((1...16).contains(bitDepth))
    let factor = Float((1 << bitDepth) - 1) / Range.extent
    let levels = image.pixels.lazy.map { ($0 - Range.bounds.lowerBound) * factor + 0.5 }
    self.init(
      width: image.width, height: image.height,
      pixels: bitDepth > 8
        ? .words(ContiguousArray(levels.map { UInt16($0) }))
        : .bytes(ContiguousArray(levels.map { UInt8($0) })),
      bitDepth: bitDepth)
  }
}
