// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
internal import CXRTestSupport

extension Tensor {
  /// An input: sin(a · 0.37 · (i + 1) + b), row by row.
  ///
  /// - Throws: `TensorError` if memory is short.
  public static func closedForm(
    _ shape: [Int], a: Double = 1, b: Double = 0
  ) throws(TensorError) -> Tensor {
    try Tensor(ClosedForm.input(shape.reduce(1, *), a: a, b: b), shape: shape)
  }

  /// The largest distance of an element from that of another tensor of the same shape.
  ///
  /// - Throws: `TensorError` if the shapes do not fit.
  public func largestDifference(from other: Tensor) throws(TensorError) -> Double {
    guard shape == other.shape else {
      throw TensorError(.refused, "\(self) and \(other) have no differences")
    }
    return try (self - other).magnitude().values(as: Double.self).max() ?? 0
  }
}
