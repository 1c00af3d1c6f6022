// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// What becomes of the numbers within a network until their gradients are worked out.
public enum Activations: String, Codable, Sendable {
  /// They are kept.
  case kept
  /// Only what layers and blocks give is kept; the rest is worked out again for the gradients, which
  /// are the same: less memory for more time.
  case recomputed
}

extension Activations {
  /// Runs a part of a network.
  func run(
    _ inputs: [Tensor], _ part: @escaping ([Tensor]) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    switch self {
    case .kept: try part(inputs)
    case .recomputed:
      try recomputing(inputs) { inputs throws(TensorError) in [try part(inputs)] }[0]
    }
  }
}
