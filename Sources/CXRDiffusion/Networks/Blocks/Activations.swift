// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// What becomes of the intermediate results of a block that its gradients need.
public enum Activations: String, Codable, Sendable {
  /// They are kept until the backward pass.
  case kept
  /// They are worked out a second time in the backward pass: less memory for more time.
  case recomputed

  /// Runs a block.
  func callAsFunction(
    _ inputs: [Tensor], _ block: @escaping ([Tensor]) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    switch self {
    case .kept: try block(inputs)
    case .recomputed:
      try recomputing(inputs) { inputs throws(TensorError) in [try block(inputs)] }[0]
    }
  }
}
