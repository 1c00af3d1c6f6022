// SPDX-License-Identifier: Apache-2.0

extension RangedImage {
  /// Returns the image after transforms, one after another, in the same range.
  ///
  ///     try unit.transformed(by: .resize(.square(320), .bilinear))
  ///
  /// - Parameter transforms: What is done, in order.
  /// - Returns: The image; its pixels stay within the bounds of the range.
  /// - Throws: ``ImageError`` with code `.unfitSize` if an image is smaller than its crop.
  public func transformed(by transforms: ImageTransform...) throws(ImageError) -> RangedImage {
    try transformed(by: transforms)
  }

  /// Returns the image after a list of transforms; see ``transformed(by:)-(ImageTransform...)``.
  ///
  /// - Parameter transforms: What is done, in order.
  /// - Returns: The image.
  /// - Throws: ``ImageError`` with code `.unfitSize` if an image is smaller than its crop.
  public func transformed(by transforms: [ImageTransform]) throws(ImageError) -> RangedImage {
    var plane = plane
    for transform in transforms { plane = try transform.apply(to: plane) }
    return RangedImage(plane)
  }
}
