// SPDX-License-Identifier: Apache-2.0

/// A change of a linear map by the product of two narrow ones: W x becomes W x + (α / r) B A x.
///
/// - SeeAlso: Hu et al., *LoRA* (2021), <https://arxiv.org/abs/2106.09685>.
public struct LowRankUpdate {
  /// A, from the inputs to r numbers: `[rank, inputs]`.
  public let down: Tensor
  /// B, from these to the outputs: `[outputs, rank]`.
  public let up: Tensor
  /// α, by which the product counts.
  public let alpha: Double

  /// Puts an update together.
  ///
  /// - Precondition: The shapes fit each other.
  public init(down: Tensor, up: Tensor, alpha: Double) {
    precondition(
      down.rank == 2 && up.rank == 2 && down.shape[0] == up.shape[1], "\(down) and \(up)")
    self.down = down
    self.up = up
    self.alpha = alpha
  }

  /// r, the numbers between the two maps.
  public var rank: Int { down.shape[0] }

  /// What the product is multiplied by.
  public var scale: Double { alpha / Double(rank) }

  /// What is added to the result of `[…, inputs]`: `[…, outputs]`.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the last axis has another length.
  public func callAsFunction(_ input: Tensor) throws(TensorError) -> Tensor {
    try input.linear(down, nil).linear(up, nil) * scale
  }

  /// What is to be added to the weight for the same results: `[outputs, inputs]`.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public func product() throws(TensorError) -> Tensor { try up.matmul(down) * scale }
}
