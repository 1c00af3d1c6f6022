// SPDX-License-Identifier: Apache-2.0
public import CXRImage
internal import CXRTensor

/// What sampling gave for a prompt.
public enum SampledPicture: Equatable, Sendable {
  /// An image of 8 bits.
  case image(GrayImage)
  /// The network came to numbers that are NaN or infinite.
  case notFinite
  /// Every pixel is black.
  case black

  /// Makes a gray image of a decoded picture: the mean of the channels, each between 0 and 1, and
  /// of that the nearest of 256 grays.
  ///
  /// - Parameter picture: Numbers from −1, black, to 1, `[channels, rows, columns]`.
  /// - Throws: `TensorError` if the device's work failed.
  init(_ picture: Tensor) throws(TensorError) {
    guard try picture.isFinite() else {
      self = .notFinite
      return
    }
    let gray = try Self.intensities(picture).mean(along: [0])
    let bytes = try gray.values(as: Float.self).map { UInt8(($0 * 255).rounded()) }
    guard bytes.contains(where: { $0 > 0 }) else {
      self = .black
      return
    }
    let (height, width) = (gray.shape[0], gray.shape[1])
    self = .image(
      GrayImage(
        width: width, height: height, pixels: .bytes(ContiguousArray(bytes)), bitDepth: 8))
  }

  /// Maps what a decoder gives to numbers from 0, black, to 1.
  static func intensities(_ pictures: Tensor) throws(TensorError) -> Tensor {
    try (pictures.converted(to: .float32) / 2 + 0.5).clamped(to: 0...1)
  }
}

extension SampledPicture {
  /// The image; `nil` if there is none.
  public var image: GrayImage? {
    guard case .image(let image) = self else { return nil }
    return image
  }
}
