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

  /// Uniform with bound 1 / √inputs, PyTorch's default for linear layers and convolutions; the
  /// inputs of a convolution are channels times the elements of a window.
  public static func uniform(inputs: Int) -> Initialization {
    .uniform(bound: 1 / Double(inputs).squareRoot())
  }

  /// Whether numbers are left at 0, because others are to replace them.
  @TaskLocal static var isSkipped = false

  /// Draws a float32 tensor.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  func tensor(_ shape: [Int], from generator: Generator) throws(TensorError) -> Tensor {
    guard !Self.isSkipped else { return try Tensor.zeros(shape) }
    return switch self {
    case .constant(let value): try Tensor.full(value, shape: shape)
    case .normal(let deviation): try Tensor.normal(shape, from: generator) * deviation
    case .uniform(let bound):
      try Tensor.uniform(shape, from: generator) * (2 * bound) - bound
    }
  }
}
