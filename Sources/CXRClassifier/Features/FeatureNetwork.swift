// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// A network with its weights that gives features of pictures, whatever it is inside.
///
/// It stays on the thread of the tensors; its ``preparation`` goes to others.
public protocol FeatureNetwork {
  /// The images that it takes.
  var imageSide: ImageSide { get }

  /// What becomes of an image before the network sees it.
  var preparation: any PicturePreparation { get }

  /// What was renamed or left out of a file of weights, in phrases for a person to read.
  var notes: [String] { get }

  /// The features of pictures.
  ///
  /// - Parameter pictures: Shape `[batch, channels, side, side]`, on the network's device.
  /// - Returns: Shape `[batch, features]`.
  /// - Throws: `TensorError` with code `.refused` if the network gives something else, `.outOfMemory`.
  func features(of pictures: Tensor) throws(TensorError) -> Tensor
}
