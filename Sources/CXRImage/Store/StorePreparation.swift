// SPDX-License-Identifier: Apache-2.0

/// What becomes of a decoded radiograph before it is put into a store.
///
///     StorePreparation(side: 224, framing: .crop, filter: .area, depth: .eight)
public struct StorePreparation: Codable, Hashable, Sendable {
  /// How a radiograph becomes a square.
  public enum Framing: String, CaseIterable, Codable, Sendable {
    /// The largest square in the middle is kept.
    case crop
    /// Black is added on both sides of the shorter axis.
    case pad
    /// Both axes are resized to the same length, whatever they were.
    case stretch
  }

  /// The bits of a stored pixel; white is the largest value.
  public enum Depth: Int, CaseIterable, Codable, Sendable {
    /// 8 bits, as most published pipelines keep them.
    case eight = 8
    /// 16 bits, for what must not lose the depth of PadChest and DICOM.
    case sixteen = 16
  }

  /// The width and height of every stored image, in pixels.
  public var side: Int
  /// How a radiograph becomes a square.
  public var framing: Framing
  /// How the number of pixels is changed.
  public var filter: ResizeFilter
  /// The bits of a stored pixel.
  public var depth: Depth

  /// Creates a preparation.
  ///
  /// - Parameters:
  ///   - side: The width and height of every stored image, in pixels.
  ///   - framing: How a radiograph becomes a square.
  ///   - filter: How the number of pixels is changed.
  ///   - depth: The bits of a stored pixel.
  /// - Precondition: `side` is positive.
  public init(
    side: Int, framing: Framing = .crop, filter: ResizeFilter = .area, depth: Depth = .eight
  ) {
    precondition(side > 0, "a stored image has pixels")
    self.side = side
    self.framing = framing
    self.filter = filter
    self.depth = depth
  }

  /// The bytes of one stored image.
  public var imageByteCount: Int { side * side * depth.rawValue / 8 }

  /// The transforms that a decoded image goes through.
  var transforms: [ImageTransform] {
    let resize = ImageTransform.resize(.square(side), filter)
    return switch framing {
    case .crop: [.cropSquare(.torchxrayvision), resize]
    case .pad: [.padSquare, resize]
    case .stretch: [resize]
    }
  }

  /// Applies the preparation.
  ///
  /// - Parameter image: The decoded radiograph.
  /// - Returns: An image of ``side`` by ``side`` pixels and ``depth`` bits.
  /// - Throws: ``ImageError``.
  public func callAsFunction(_ image: GrayImage) throws(ImageError) -> GrayImage {
    try image.transformed(by: transforms).stretched(toBitDepth: depth.rawValue)
  }
}
