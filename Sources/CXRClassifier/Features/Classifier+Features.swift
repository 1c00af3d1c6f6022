// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

extension Classifier: FeatureNetwork {
  /// The features of pictures, before the head.
  ///
  /// - Parameter pictures: Shape `[batch, channels, side, side]`, scaled as the description says.
  /// - Returns: Shape `[batch, features]`.
  /// - Throws: `TensorError` if the channels differ or memory is short.
  public func features(of pictures: Tensor) throws(TensorError) -> Tensor {
    try module.features(of: pictures)
  }
}
