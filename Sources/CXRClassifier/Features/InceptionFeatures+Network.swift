// SPDX-License-Identifier: Apache-2.0
internal import CXRImage
public import CXRTensor

extension InceptionFeatures: FeatureNetwork {
  /// Images of any size.
  public var imageSide: ImageSide { .atLeast(1) }

  /// As ``convention`` says.
  public var preparation: any PicturePreparation { InceptionInput(convention: convention) }

  /// Nothing: what is left out of published files is no part of the features.
  public var notes: [String] { [] }

  /// The features of pictures.
  ///
  /// - Parameter pictures: Shape `[batch, 3, 299, 299]`, scaled as ``convention`` says.
  /// - Returns: Shape `[batch, 2048]`.
  /// - Throws: `TensorError` if the channels differ or memory is short.
  public func features(of pictures: Tensor) throws(TensorError) -> Tensor {
    try network.module(pictures)
  }
}

/// The input of Inception v3 by one program's convention: an image squeezed to 299 × 299 pixels, and
/// scaled.
struct InceptionInput: PicturePreparation {
  let convention: ResizeConvention

  var channels: Int { 3 }

  var isValid: Bool { true }

  func side(ofImages side: Int) -> Int { ResizeConvention.side }

  func planes(
    of image: GrayImage, seed: UInt64, index: Int
  ) throws(ImageError) -> [ContiguousArray<Float>] {
    [plane(of: image)]
  }

  /// What each of the three channels holds.
  func plane(of image: GrayImage) -> ContiguousArray<Float> {
    ContiguousArray(convention.input(image).pixels.map { convention.scaled($0) })
  }
}

extension ResizeConvention {
  /// A value from 0 to 255 as the program gives it to the network.
  fileprivate func scaled(_ value: Float) -> Float {
    switch self {
    case .pytorchFID: 2 * (value / 255) - 1
    case .cleanFID, .torchFidelity, .torchmetrics: (value - 128) / 128
    }
  }
}
