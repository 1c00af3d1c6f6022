// SPDX-License-Identifier: Apache-2.0
public import CXRImage

/// What a generator gave for a request.
public enum GeneratedImage: Sendable {
  /// An image of up to 8 bits.
  case image(GrayImage)
  /// No image, and why.
  case failure(ImageFailure)

  /// The image if there is something to see on it, else what is wrong with it.
  ///
  /// - Complexity: O(pixels).
  var checked: GeneratedImage {
    guard case .image(let image) = self, let failure = ImageFailure(of: image) else { return self }
    return .failure(failure)
  }
}
