// SPDX-License-Identifier: Apache-2.0

/// A box that somebody drew around a finding.
public struct BoxRecord: Hashable, Sendable {
  /// The image on which the box lies.
  public let imageName: String
  /// The dataset's name of what is in the box.
  public let label: String
  /// The left edge in pixels of the distributed image.
  public let x: Double
  /// The upper edge in pixels of the distributed image.
  public let y: Double
  /// The width in pixels of the distributed image.
  public let width: Double
  /// The height in pixels of the distributed image.
  public let height: Double

  /// Creates a box.
  ///
  /// - Parameters:
  ///   - imageName: The image on which the box lies.
  ///   - label: The dataset's name of what is in the box.
  ///   - x: The left edge in pixels of the distributed image.
  ///   - y: The upper edge in pixels of the distributed image.
  ///   - width: The width in pixels, positive.
  ///   - height: The height in pixels, positive.
  public init(
    imageName: String, label: String, x: Double, y: Double, width: Double, height: Double
  ) {
    self.imageName = imageName
    self.label = label
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}
