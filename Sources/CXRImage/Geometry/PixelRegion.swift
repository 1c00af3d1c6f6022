// SPDX-License-Identifier: Apache-2.0

/// A rectangle of pixels.
public struct PixelRegion: Sendable, Hashable {
  /// The column of the left edge, from 0.
  public let x: Int
  /// The row of the upper edge, from 0.
  public let y: Int
  /// The width in pixels, at least 1.
  public let width: Int
  /// The height in pixels, at least 1.
  public let height: Int

  /// Creates a region.
  ///
  /// - Parameters:
  ///   - x: The column of the left edge, from 0.
  ///   - y: The row of the upper edge, from 0.
  ///   - width: The width in pixels.
  ///   - height: The height in pixels.
  /// - Precondition: Both sides are positive.
  public init(x: Int, y: Int, width: Int, height: Int) {
    precondition(width > 0 && height > 0)
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  func isInside(width: Int, height: Int) -> Bool {
    x >= 0 && y >= 0 && x + self.width <= width && y + self.height <= height
  }
}
