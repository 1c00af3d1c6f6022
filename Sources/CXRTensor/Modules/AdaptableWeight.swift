// SPDX-License-Identifier: Apache-2.0

/// The weight of a ``Linear``, to which a ``LowRankUpdate`` can be added while it stays as it is.
public final class AdaptableWeight {
  /// The name of the linear map in its network, such as `mid_block.attentions.0.proj_in`.
  public let name: String
  /// The weight, `[outputs, inputs]`; the network uses this very tensor.
  public let tensor: Tensor
  /// What the map adds to its results; `nil` for nothing.
  public var update: LowRankUpdate?

  init(name: String, tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }
}
