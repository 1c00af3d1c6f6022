// SPDX-License-Identifier: Apache-2.0

/// A range with black at its lower bound and white at its upper bound.
///
/// Images of one such range can be converted to any other; see ``RangedImage``.
public protocol LinearRange: PixelRange {}

extension LinearRange {
  /// The lower bound.
  public static var black: Float { bounds.lowerBound }

  /// White minus black.
  static var extent: Float { bounds.upperBound - bounds.lowerBound }
}
