// SPDX-License-Identifier: Apache-2.0

/// One change of the size or the frame of an image.
///
///     let small = try image.transformed(by: .cropSquare(.torchxrayvision), .resize(.square(224), .area))
///
/// A list of them can be written down and read back; see ``description``.
public enum ImageTransform: Sendable, Hashable {
  /// Keeps a region.
  case crop(PixelRegion)
  /// Keeps the middle of the image.
  case cropCenter(width: Int, height: Int, CropConvention)
  /// Keeps the largest square in the middle.
  case cropSquare(CropConvention)
  /// Adds black at both sides of the shorter axis until the image is square; where the margins
  /// cannot be equal, the right or the lower one is wider by a pixel.
  case padSquare
  /// Computes another number of pixels.
  case resize(ResizeTarget, ResizeFilter)
  /// Mirrors left and right.
  case flip

  /// Applies the transform to a plane.
  ///
  /// - Throws: ``ImageError`` with code `.unfitSize` if the image is smaller than the crop.
  func apply<Pixel>(to plane: Plane<Pixel>) throws(ImageError) -> Plane<Pixel> {
    switch self {
    case .crop(let region):
      return try Self.extract(region, from: plane)
    case .cropCenter(let width, let height, let convention):
      return try Self.extract(
        PixelRegion(
          x: convention.offset(of: width, in: plane.width),
          y: convention.offset(of: height, in: plane.height), width: width, height: height),
        from: plane)
    case .cropSquare(let convention):
      let side = min(plane.width, plane.height)
      return plane.extracting(
        PixelRegion(
          x: convention.offset(of: side, in: plane.width),
          y: convention.offset(of: side, in: plane.height), width: side, height: side))
    case .padSquare:
      let side = max(plane.width, plane.height)
      return plane.extracting(
        PixelRegion(
          x: -((side - plane.width) / 2), y: -((side - plane.height) / 2), width: side,
          height: side))
    case .resize(let target, let filter):
      let size = target.size(width: plane.width, height: plane.height)
      return plane.resized(width: size.width, height: size.height, filter: filter)
    case .flip:
      return plane.flippedHorizontally()
    }
  }

  private static func extract<Pixel>(
    _ region: PixelRegion, from plane: Plane<Pixel>
  ) throws(ImageError) -> Plane<Pixel> {
    guard region.isInside(width: plane.width, height: plane.height) else {
      throw ImageError(
        .unfitSize,
        """
        A crop of \(region.width) × \(region.height) at (\(region.x), \(region.y)) does not fit an \
        image of \(plane.width) × \(plane.height); resize or pad it first.
        """)
    }
    return plane.extracting(region)
  }
}
