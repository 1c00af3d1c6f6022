// SPDX-License-Identifier: Apache-2.0

/// What an ``Augmentation`` does to one image: crop, then flip, then warp, then brightness and
/// contrast in the order drawn.
public struct AugmentationDraw: Sendable, Equatable {
  /// The region that is kept, if any.
  public let crop: PixelRegion?
  /// The resize after the crop, if any.
  let resize: ImageTransform?
  /// Whether left and right are mirrored.
  public let isFlipped: Bool
  /// The rotation, shift, scale and shear, if any.
  public let warp: AffineWarp?
  /// The factor of brightness, if any.
  public let brightness: Double?
  /// The factor of contrast, if any.
  public let contrast: Double?
  /// Whether contrast is changed before brightness.
  let contrastFirst: Bool

  /// Applies the changes.
  ///
  /// - Parameter image: An image of the size that the draw was made for.
  /// - Returns: The image after the changes; what lies beyond the border is black.
  /// - Throws: ``ImageError`` with code `.unfitSize` if the image is smaller than the crop.
  /// - Complexity: O(pixels).
  public func apply(
    to image: RangedImage<UnitRange>
  ) throws(ImageError) -> RangedImage<UnitRange> {
    var transforms: [ImageTransform] = []
    if let crop { transforms.append(.crop(crop)) }
    if let resize { transforms.append(resize) }
    if isFlipped { transforms.append(.flip) }
    var image = try image.transformed(by: transforms)
    if let warp { image = image.warped(by: warp) }
    if contrastFirst, let contrast { image = image.contrast(times: contrast) }
    if let brightness { image = image.brightness(times: brightness) }
    if !contrastFirst, let contrast { image = image.contrast(times: contrast) }
    return image
  }
}
