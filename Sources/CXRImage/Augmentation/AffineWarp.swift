// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A rotation, shift, scale and shear about the centre of an image, as torchvision's `affine` takes
/// them.
///
///     let turned = image.warped(by: AffineWarp(angleDegrees: 10))
public struct AffineWarp: Sendable, Equatable {
  /// The rotation in degrees, clockwise.
  public var angleDegrees: Double
  /// The shift to the right, in pixels.
  public var shiftX: Double
  /// The shift downwards, in pixels.
  public var shiftY: Double
  /// The magnification, above 0.
  public var scale: Double
  /// The shear along the rows, in degrees between −90 and 90.
  public var shearXDegrees: Double
  /// The shear along the columns, in degrees between −90 and 90.
  public var shearYDegrees: Double

  /// Creates a warp; without arguments nothing moves.
  ///
  /// - Parameters:
  ///   - angleDegrees: The rotation in degrees, clockwise.
  ///   - shiftX: The shift to the right, in pixels.
  ///   - shiftY: The shift downwards, in pixels.
  ///   - scale: The magnification, above 0.
  ///   - shearXDegrees: The shear along the rows, in degrees.
  ///   - shearYDegrees: The shear along the columns, in degrees.
  public init(
    angleDegrees: Double = 0, shiftX: Double = 0, shiftY: Double = 0, scale: Double = 1,
    shearXDegrees: Double = 0, shearYDegrees: Double = 0
  ) {
    self.angleDegrees = angleDegrees
    self.shiftX = shiftX
    self.shiftY = shiftY
    self.scale = scale
    self.shearXDegrees = shearXDegrees
    self.shearYDegrees = shearYDegrees
  }

  /// Where a pixel of the result comes from, relative to the centre: x' = xx·x + xy·y + x0.
  struct Source {
    let xx, xy, x0, yx, yy, y0: Double
  }

  /// The map from the result back to the source.
  var source: Source {
    precondition(scale > 0, "the scale is above 0")
    let angle = angleDegrees * .pi / 180
    let shearX = shearXDegrees * .pi / 180
    let shearY = shearYDegrees * .pi / 180
    // The forward matrix is a rotation times the shears; its determinant is scale².
    let a = cos(angle - shearY) / cos(shearY)
    let b = -a * tan(shearX) - sin(angle)
    let c = sin(angle - shearY) / cos(shearY)
    let d = -c * tan(shearX) + cos(angle)
    let (xx, xy, yx, yy) = (d / scale, -b / scale, -c / scale, a / scale)
    return Source(
      xx: xx, xy: xy, x0: -(xx * shiftX + xy * shiftY), yx: yx, yy: yy,
      y0: -(yx * shiftX + yy * shiftY))
  }
}
