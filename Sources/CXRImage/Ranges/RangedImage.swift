// SPDX-License-Identifier: Apache-2.0

/// An image of one channel whose range of values is a type, rows from top to bottom.
///
///     let unit = RangedImage<UnitRange>(decoded)
///     let input = RangedImage<XRVRange>(unit)  // −1024 to 1024
///
/// Every value is finite and within `Range.bounds`; there is no conversion that is not written out.
public struct RangedImage<Range: PixelRange>: Sendable, Equatable {
  /// The width in pixels, at least 1.
  public let width: Int
  /// The height in pixels, at least 1.
  public let height: Int
  /// The pixels, shape `[height, width]`.
  public let pixels: ContiguousArray<Float>

  /// Creates an image from values that are said to be in range.
  ///
  /// - Parameters:
  ///   - width: The width in pixels.
  ///   - height: The height in pixels.
  ///   - pixels: The pixels, shape `[height, width]`.
  /// - Throws: ``ImageError`` with code `.unfitValue` if a value is not a number or out of range.
  /// - Precondition: Both sides are positive and match the number of pixels.
  public init(
    width: Int, height: Int, pixels: ContiguousArray<Float>
  ) throws(ImageError) {
    if let value = pixels.first(where: { !$0.isFinite || !Range.bounds.contains($0) }) {
      throw ImageError(
        .unfitValue,
        "A pixel is \(value), which is not in the range \(Range.name); convert the image first.")
    }
    self.init(width: width, height: height, checked: pixels)
  }

  /// Creates an image from values that are known to be in range.
  init(width: Int, height: Int, checked pixels: ContiguousArray<Float>) {
    precondition(width > 0 && height > 0 && pixels.count == width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  init(_ plane: Plane<Float>) {
    self.init(width: plane.width, height: plane.height, checked: plane.pixels)
  }

  var plane: Plane<Float> {
    Plane(
      width: width, height: height, pixels: pixels, bounds: Range.bounds, black: Range.black)
  }
}
