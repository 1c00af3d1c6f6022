// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// Where standard normal noise comes from.
public protocol NoiseSource {
  /// Draws noise.
  ///
  /// - Parameter shape: The lengths of the axes, the first of which is the image.
  /// - Returns: A float32 tensor.
  /// - Throws: `TensorError` if memory is short.
  func normal(_ shape: [Int]) throws(TensorError) -> Tensor
}
