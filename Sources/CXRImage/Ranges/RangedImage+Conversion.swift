// SPDX-License-Identifier: Apache-2.0

extension RangedImage where Range: LinearRange {
  /// Creates an image from an image of another range; black becomes black, white becomes white.
  ///
  ///     RangedImage<SignedUnitRange>(unit)
  ///
  /// - Parameter image: An image whose range has a black and a white.
  /// - Complexity: O(pixels).
  public init<Other: LinearRange>(_ image: RangedImage<Other>) {
    let bounds = Range.bounds
    let otherBlack = Other.bounds.lowerBound
    let (otherExtent, extent) = (Other.extent, Range.extent)
    self.init(
      width: image.width, height: image.height,
      checked: image.pixels.mapped {
        ((($0 - otherBlack) / otherExtent) * extent + bounds.lowerBound).limited(to: bounds)
      })
  }

  /// Creates an image from a decoded one: 0 becomes black, ``GrayImage/maximum`` becomes white.
  ///
  /// For `XRVRange` this is torchxrayvision's `normalize(image, maximum)`, that is
  /// (2 · value / maximum − 1) · 1024.
  ///
  /// - Parameter image: The decoded image.
  /// - Complexity: O(pixels).
  public init(_ image: GrayImage) { self.init(image, white: image.maximum) }

  /// Creates an image from a decoded one whose white is known to be another value than its depth
  /// says, such as 4095 in a 16-bit file.
  ///
  /// - Parameters:
  ///   - image: The decoded image.
  ///   - white: The value that becomes white, at least 1.
  /// - Throws: ``ImageError`` with code `.unfitValue` if a pixel is larger than `white`; nothing is
  ///   cut off.
  /// - Complexity: O(pixels).
  public init(_ image: GrayImage, whiteAt white: Int) throws(ImageError) {
    precondition(white > 0, "white is above black")
    let largest = image.extrema.upperBound
    guard largest <= white else {
      throw ImageError(
        .unfitValue,
        "A pixel is \(largest), but white is said to be \(white); give the true maximum.")
    }
    self.init(image, white: white)
  }

  /// Creates an image stretched so that its darkest pixel is black and its brightest is white.
  ///
  /// RoentGen-v2's quality check scales so, each image by itself. An image of one single value
  /// becomes black.
  ///
  /// - Parameter image: The decoded image.
  /// - Complexity: O(pixels).
  public init(stretching image: GrayImage) {
    let extrema = image.extrema
    self.init(
      image, black: extrema.lowerBound, white: max(extrema.upperBound, extrema.lowerBound + 1))
  }

  /// Creates an image stretched so that the darkest pixel of another is black and its brightest
  /// is white; see ``init(stretching:)-(GrayImage)``.
  ///
  /// - Parameter image: An image of any range.
  /// - Complexity: O(pixels).
  public init<Other: PixelRange>(stretching image: RangedImage<Other>) {
    let low = image.pixels.min() ?? 0
    let extent = (image.pixels.max() ?? 0) - low
    let divisor = extent > 0 ? extent : 1
    let bounds = Range.bounds
    let newExtent = Range.extent
    self.init(
      width: image.width, height: image.height,
      checked: image.pixels.mapped {
        (($0 - low) / divisor * newExtent + bounds.lowerBound).limited(to: bounds)
      })
  }

  private init(_ image: GrayImage, white: Int) { self.init(image, black: 0, white: white) }

  /// Values outside `black ... white` are cut off; a table makes it one look-up a pixel.
  init(_ image: GrayImage, black: Int, white: Int) {
    let bounds = Range.bounds
    let table = ContiguousArray(
      (0...image.maximum).lazy.map {
        (Float($0 - black) / Float(white - black) * Range.extent + bounds.lowerBound)
          .limited(to: bounds)
      })
    let pixels =
      switch image.pixels {
      case .bytes(let bytes): bytes.mapped { table[Int($0)] }
      case .words(let words): words.mapped { table[Int($0)] }
      }
    self.init(width: image.width, height: image.height, checked: pixels)
  }
}
