// SPDX-License-Identifier: Apache-2.0

/// What the numbers of an image mean: black, white, and the values between.
///
/// A range is a type, so that an image made for one model cannot be given to another:
///
///     func diagnose(_ image: RangedImage<XRVRange>) { … }
///     diagnose(RangedImage<UnitRange>(image))  // does not compile
public protocol PixelRange: Sendable {
  /// The name of the range in reports, such as `[0, 1]`.
  static var name: String { get }
  /// The smallest and the largest value; infinite where there is no limit.
  static var bounds: ClosedRange<Float> { get }
  /// The value that padding is filled with.
  static var black: Float { get }
}
