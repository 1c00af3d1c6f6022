// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
internal import Foundation

/// A model with its weights that gives numbers for pictures, whatever it is inside.
///
/// It stays on the thread of the tensors; its ``preparation`` goes to others.
public protocol PredictionModel {
  /// What the numbers mean, in their order.
  var outputs: [ModelOutput] { get }

  /// The images that it takes.
  var imageSide: ImageSide { get }

  /// What becomes of an image before the model sees it.
  var preparation: any PicturePreparation { get }

  /// What was renamed or left out of a file of weights, in phrases for a person to read.
  var notes: [String] { get }

  /// The numbers of each picture, one for each of ``outputs``.
  ///
  /// - Parameter pictures: Shape `[batch, channels, side, side]`, on the model's device.
  /// - Returns: `batch` × `outputs` numbers, picture after picture; NaN where there is none.
  /// - Throws: `TensorError` with code `.refused` if the model gives something else, `.outOfMemory`.
  func values(for pictures: Tensor) throws(TensorError) -> [Double]
}

extension [Double] {
  /// The probabilities of logits; NaN for a logit that is not finite.
  var probabilities: [Double] {
    map { $0.isFinite ? 1 / (1 + exp(-$0)) : .nan }
  }
}
