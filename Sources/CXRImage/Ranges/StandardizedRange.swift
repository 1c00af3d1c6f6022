// SPDX-License-Identifier: Apache-2.0

/// Values less a mean, in standard deviations; 0 is the mean and there are no bounds.
///
/// Such images are made with a ``Standardization``.
public enum StandardizedRange: PixelRange {
  /// `standardized`.
  public static let name = "standardized"
  /// Any number.
  public static let bounds: ClosedRange<Float> = -.infinity ... .infinity
  /// The mean: there is no black.
  public static let black: Float = 0
}
