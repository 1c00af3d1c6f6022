// SPDX-License-Identifier: Apache-2.0

/// How images are resized before Inception features are taken: the figure that makes Fréchet
/// distances of different programs differ, so it is printed beside them.
///
///     let convention = ResizeConvention.cleanFID
///     let input = convention.input(image)  // 299 × 299, 0 to 255
///     print(convention)  // clean-fid (bicubic, 299 × 299)
public enum ResizeConvention: String, Sendable, CaseIterable, Codable, CustomStringConvertible {
  /// clean-fid in mode "clean": bicubic as wide as the shrinking asks for, not rounded.
  case cleanFID = "clean-fid"
  /// pytorch-fid: bilinear between neighbours, without anti-aliasing.
  case pytorchFID = "pytorch-fid"
  /// torch-fidelity, and torchmetrics up to 1.7: as TensorFlow 1 did, shifted by the pixels' corners.
  case torchFidelity = "torch-fidelity"
  /// torchmetrics since then: bilinear with anti-aliasing.
  case torchmetrics

  /// The side of the input of Inception, in pixels.
  public static let side = 299

  /// How pixels are computed.
  public var filter: ResizeFilter {
    switch self {
    case .cleanFID: .bicubic
    case .pytorchFID: .pointBilinear
    case .torchFidelity: .cornerBilinear
    case .torchmetrics: .bilinear
    }
  }

  /// The program, the filter and the size.
  public var description: String {
    "\(rawValue) (\(filter.rawValue), \(Self.side) × \(Self.side))"
  }

  /// Resizes an image as the program does, without rounding to whole numbers.
  ///
  /// - Parameter image: The image.
  /// - Returns: 299 × 299 pixels of 0 to 255; all three colours of the network read the same.
  /// - Complexity: O(pixels).
  public func input(_ image: GrayImage) -> RangedImage<ByteRange> {
    RangedImage(
      RangedImage<ByteRange>(image).plane.resized(
        width: Self.side, height: Self.side, filter: filter))
  }
}
