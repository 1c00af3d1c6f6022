// SPDX-License-Identifier: Apache-2.0

/// What a parameter's elements are before anything is learned.
///
/// The numbers are drawn on the processor, so that a seed means the same on every device.
public enum Initialization: Sendable {
  /// The same number everywhere.
  case constant(Double)
  /// Normal with mean 0.
  case normal(deviation: Double)
  /// Uniform between −bound and bound.
  case uniform(bound: Double)

  /// Normal with deviation √(2 / fan) (He et al., <https://arxiv.org/abs/1502.01852>).
  ///
  /// - Parameter fan: How many inputs, or outputs, one element of the result, or the input, has.
  /// - Returns: The distribution.
  public static func kaimingNormal(fan: Int) -> Initialization {
    .normal(deviation: (2 / Double(fan)).squareRoot())
  }

  /// Uniform with bound 1 / √inputs, PyTorch's default for linear layers.
  public static func uniform(inputs: Int) -> Initialization {
    .uniform(bound: 1 / Double(inputs).squareRoot())
  }

  /// Draws a float32 tensor.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  func tensor(_ shape: [Int], from generator: Generator) throws(TensorError) -> Tensor {
    switch self {
    case .constant(let value): try Tensor.full(value, shape: shape)
    case .normal(let deviation): try Tensor.normal(shape, from: generator) * deviation
    case .uniform(let bound):
      try Tensor.uniform(shape, from: generator) * (2 * bound) - bound
    }
  }
}
