// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// Group normalisation of channels (Wu and He, <https://arxiv.org/abs/1803.08494>).
  ///
  /// - Parameters:
  ///   - groups: The parts that the channels are divided into, each normalised by itself.
  ///   - weight: What each channel is multiplied by afterwards, shape `[channels]`.
  ///   - bias: What is then added, shape `[channels]`.
  ///   - epsilon: What is added to the variance.
  /// - Returns: The same shape, `[batch, channels, …]`.
  /// - Throws: ``TensorError`` with code `.refused` if the channels cannot be divided.
  public func groupNormalized(
    _ groups: Int, weight: Tensor, bias: Tensor, epsilon: Double
  ) throws(TensorError) -> Tensor {
    try Operator.groupNorm(
      .tensor(self), .integer(groups), .tensor(weight), .tensor(bias), .number(epsilon))
  }

  /// Layer normalisation of the last axis (Ba et al., <https://arxiv.org/abs/1607.06450>).
  ///
  /// - Parameters:
  ///   - weight: What each position is multiplied by afterwards; its length is the axis's.
  ///   - bias: What is then added, of the same length.
  ///   - epsilon: What is added to the variance.
  /// - Returns: The same shape.
  /// - Throws: ``TensorError`` with code `.refused` if the last axis has another length.
  public func layerNormalized(
    weight: Tensor, bias: Tensor, epsilon: Double
  ) throws(TensorError) -> Tensor {
    try Operator.layerNorm(
      .tensor(self), .integers(weight.shape), .tensor(weight), .tensor(bias), .number(epsilon))
  }
}

extension Operator {
  fileprivate static let groupNorm = Operator("aten::group_norm")
  fileprivate static let layerNorm = Operator("aten::layer_norm")
}
