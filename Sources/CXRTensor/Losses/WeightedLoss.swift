// SPDX-License-Identifier: Apache-2.0

/// A loss as a sum with the sum of its weights, so that parts of a batch can be put together.
///
/// Means of parts do not add up to the mean of the whole if the parts know differently many labels.
/// When gradients are accumulated over parts, or over processes, each is divided by the weight of
/// the whole, which is known before the first pass:
///
///     for part in parts { try loss(part).divided(by: knownLabelCount).backward() }
public struct WeightedLoss {
  /// The sum of the weighted losses: float32, or float64 of predictions in float64; no axes.
  public let sum: Tensor
  /// The sum of the weights: of the same type, no axes, without gradient.
  public let weight: Tensor

  /// Puts a sum and its weight together.
  public init(sum: Tensor, weight: Tensor) {
    self.sum = sum
    self.weight = weight
  }

  /// The sum over the weight; 0, with gradients of 0, if nothing has weight.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public func mean() throws(TensorError) -> Tensor {
    // A weight above 0 is never below the least normal number, by which 0 is divided safely.
    try sum / weight.clamped(to: Double(Float.leastNormalMagnitude)...Double(Float.infinity))
  }

  /// The sum over the weight of a whole of which this is a part.
  ///
  /// - Parameter weight: The weight of the whole; 0 if nothing in it has weight, which gives 0.
  /// - Returns: A tensor without axes.
  /// - Throws: ``TensorError`` if memory is short.
  public func divided(by weight: Double) throws(TensorError) -> Tensor {
    try sum * (weight == 0 ? 0 : 1 / weight)
  }
}
