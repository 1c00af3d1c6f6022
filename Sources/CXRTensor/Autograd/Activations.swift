// SPDX-License-Identifier: Apache-2.0

/// What becomes of the numbers within a network until their gradients are worked out.
public enum Activations: String, Codable, Sendable {
  /// They are kept.
  case kept
  /// Only what layers and blocks give is kept; the rest is worked out again for the gradients, which
  /// are the same: less memory for more time.
  case recomputed

  /// Runs a part of a network.
  ///
  /// - Parameters:
  ///   - inputs: What the part depends on, except weights, on one device; at least one tensor.
  ///   - part: The part, as `recomputing` asks for it.
  /// - Returns: What the part gives.
  /// - Throws: ``TensorError``, what the part throws.
  public func callAsFunction(
    _ inputs: [Tensor], _ part: @escaping ([Tensor]) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    switch self {
    case .kept: try part(inputs)
    case .recomputed:
      try recomputing(inputs) { inputs throws(TensorError) in [try part(inputs)] }[0]
    }
  }
}
