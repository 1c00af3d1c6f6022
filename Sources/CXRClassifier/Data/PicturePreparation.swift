// SPDX-License-Identifier: Apache-2.0
public import CXRImage

/// What becomes of an image before a model sees it; used by many threads.
public protocol PicturePreparation: Sendable {
  /// The channels of a picture, 1 or 3.
  var channels: Int { get }

  /// Whether the settings fit together.
  var isValid: Bool { get }

  /// Returns the width and height of a picture.
  ///
  /// - Parameter side: The width and height of an image.
  /// - Returns: Those of its picture.
  func side(ofImages side: Int) -> Int

  /// The channels of an image, one after another; equal channels may be given once.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - seed: Decides over random changes, if there are any, together with `index`.
  ///   - index: The radiograph.
  /// - Returns: One plane for all channels, or one for each.
  /// - Throws: `ImageError` if the image cannot be prepared.
  func planes(
    of image: GrayImage, seed: UInt64, index: Int
  ) throws(ImageError) -> [ContiguousArray<Float>]
}
