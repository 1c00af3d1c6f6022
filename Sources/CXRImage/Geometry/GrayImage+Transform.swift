// SPDX-License-Identifier: Apache-2.0

extension GrayImage {
  /// Returns the image after transforms, one after another, at the same bit depth.
  ///
  ///     try image.transformed(by: .padSquare, .resize(.square(512), .bilinear))
  ///
  /// - Parameter transforms: What is done, in order.
  /// - Returns: The image; its pixels stay within `0...maximum`.
  /// - Throws: ``ImageError`` with code `.unfitSize` if an image is smaller than its crop.
  public func transformed(by transforms: ImageTransform...) throws(ImageError) -> GrayImage {
    try transformed(by: transforms)
  }

  /// Returns the image after a list of transforms; see ``transformed(by:)-(ImageTransform...)``.
  ///
  /// - Parameter transforms: What is done, in order.
  /// - Returns: The image.
  /// - Throws: ``ImageError`` with code `.unfitSize` if an image is smaller than its crop.
  public func transformed(by transforms: [ImageTransform]) throws(ImageError) -> GrayImage {
    switch pixels {
    case .bytes(let bytes):
      var plane = Plane(
        width: width, height: height, pixels: bytes, bounds: 0...UInt8(maximum))
      for transform in transforms { plane = try transform.apply(to: plane) }
      return GrayImage(
        width: plane.width, height: plane.height, pixels: .bytes(plane.pixels), bitDepth: bitDepth)
    case .words(let words):
      var plane = Plane(
        width: width, height: height, pixels: words, bounds: 0...UInt16(maximum))
      for transform in transforms { plane = try transform.apply(to: plane) }
      return GrayImage(
        width: plane.width, height: plane.height, pixels: .words(plane.pixels), bitDepth: bitDepth)
    }
  }
}
