// SPDX-License-Identifier: Apache-2.0

/// Group normalisation of channels: tensors `weight` and `bias`.
public struct GroupNorm {
  private let weight, bias: Tensor
  private let groups: Int
  private let epsilon: Double

  /// Makes the layer: weights of 1 and a bias of 0.
  ///
  /// - Parameters:
  ///   - groups: The parts that the channels are divided into.
  ///   - channels: The channels, a multiple of the groups.
  ///   - epsilon: What is added to the variance.
  ///   - scope: Where the tensors are made.
  /// - Throws: ``TensorError`` if memory is short.
  public init(
    groups: Int, channels: Int, epsilon: Double = 1e-5, in scope: ParameterScope
  ) throws(TensorError) {
    weight = try scope.parameter("weight", [channels], .constant(1))
    bias = try scope.parameter("bias", [channels], .constant(0))
    self.groups = groups
    self.epsilon = epsilon
  }

  /// Normalises each group of channels of each picture.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for another number of channels.
  public func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    try input.groupNormalized(groups, weight: weight, bias: bias, epsilon: epsilon)
  }
}
