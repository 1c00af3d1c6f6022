// SPDX-License-Identifier: Apache-2.0

/// The size that an image is resized to.
public enum ResizeTarget: Sendable, Hashable {
  /// Both sides given; the picture may be squeezed.
  case exactly(width: Int, height: Int)
  /// The shorter side given, the longer one in proportion, rounded down as torchvision does.
  case shorterSide(Int)
  /// The longer side given, the shorter one in proportion, rounded down.
  case longerSide(Int)

  /// A square; the picture may be squeezed.
  ///
  /// - Parameter side: The side in pixels.
  /// - Returns: The target.
  public static func square(_ side: Int) -> ResizeTarget { .exactly(width: side, height: side) }

  /// Returns the size of the result.
  ///
  /// - Parameters:
  ///   - width: The width of the image.
  ///   - height: The height of the image.
  /// - Returns: The width and the height of the result, both at least 1.
  public func size(width: Int, height: Int) -> (width: Int, height: Int) {
    switch self {
    case .exactly(let width, let height):
      return (width, height)
    case .shorterSide(let side):
      return width <= height
        ? (side, max(side * height / width, 1)) : (max(side * width / height, 1), side)
    case .longerSide(let side):
      return width >= height
        ? (side, max(side * height / width, 1)) : (max(side * width / height, 1), side)
    }
  }
}
