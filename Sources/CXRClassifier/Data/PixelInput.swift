// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRImage

/// What becomes of the pixels of an image before a model sees them.
///
///     var input = PixelInput(channels: 1, scale: .standardized([train]))
///     input.augmentation = augmentation
public struct PixelInput: PicturePreparation, Hashable, Codable {
  /// What the numbers mean that a model sees.
  public enum Scale: Sendable, Hashable, Codable {
    /// Black is 0, white is 1.
    case unit
    /// Black is −1, white is 1.
    case signedUnit
    /// Black is −1024, white is 1024, as for the models of torchxrayvision.
    case xrv
    /// Less a mean, in standard deviations: one for all channels, or one for each.
    case standardized([Standardization])
  }

  /// The channels of a picture, 1 or 3, made from the one channel of the image.
  public var channels: Int
  /// What the numbers mean.
  public var scale: Scale
  /// Random changes; `nil` for none, as in validation.
  public var augmentation: Augmentation?

  /// Creates an input without random changes.
  ///
  /// - Parameters:
  ///   - channels: The channels of a picture, 1 or 3.
  ///   - scale: What the numbers mean.
  public init(channels: Int, scale: Scale) {
    self.channels = channels
    self.scale = scale
  }

  /// Returns the width and height of a picture.
  ///
  /// - Parameter side: The width and height of an image.
  /// - Returns: Those of a random crop, if there is one; else those of the image.
  public func side(ofImages side: Int) -> Int { augmentation?.crop?.side ?? side }

  /// Whether the settings fit together.
  public var isValid: Bool {
    guard channels == 1 || channels == 3 else { return false }
    if case .standardized(let statistics) = scale {
      return statistics.count == 1 || statistics.count == channels
    }
    return true
  }

  /// The channels of an image, one after another; equal channels are given once.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - seed: Decides over random changes together with `index`.
  ///   - index: The radiograph.
  /// - Returns: One plane for all channels, or one for each.
  /// - Throws: `ImageError` if the image is smaller than its crop.
  public func planes(
    of image: GrayImage, seed: UInt64, index: Int
  ) throws(ImageError) -> [ContiguousArray<Float>] {
    var unit = RangedImage<UnitRange>(image)
    if let augmentation {
      unit = try augmentation.draw(
        seed: seed, index: index, width: unit.width, height: unit.height
      ).apply(to: unit)
    }
    return switch scale {
    case .unit: [unit.pixels]
    case .signedUnit: [RangedImage<SignedUnitRange>(unit).pixels]
    case .xrv: [RangedImage<XRVRange>(unit).pixels]
    case .standardized(let statistics): statistics.map { unit.standardized(by: $0).pixels }
    }
  }
}
