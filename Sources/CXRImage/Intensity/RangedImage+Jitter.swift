// SPDX-License-Identifier: Apache-2.0

extension RangedImage where Range == UnitRange {
  /// Returns the image with every value multiplied, cut off at white; torchvision's
  /// `adjust_brightness`.
  ///
  /// - Parameter factor: 0 for black, 1 for no change.
  /// - Returns: The image.
  /// - Precondition: The factor is finite and not negative.
  /// - Complexity: O(pixels).
  public func brightness(times factor: Double) -> RangedImage {
    blended(with: 0, factor)
  }

  /// Returns the image with every difference from its mean multiplied, cut off at black and white;
  /// torchvision's `adjust_contrast`.
  ///
  /// - Parameter factor: 0 for a blank image, 1 for no change.
  /// - Returns: The image.
  /// - Precondition: The factor is finite and not negative.
  /// - Complexity: O(pixels).
  public func contrast(times factor: Double) -> RangedImage {
    let sum = pixels.reduce(0.0) { $0 + Double($1) }
    return blended(with: sum / Double(pixels.count), factor)
  }

  private func blended(with other: Double, _ factor: Double) -> RangedImage {
    precondition(factor.isFinite && factor >= 0)
    let share = Float(factor)
    let constant = Float((1 - factor) * other)
    return RangedImage(
      width: width, height: height,
      checked: pixels.mapped { (share * $0 + constant).limited(to: 0...1) })
  }
}
