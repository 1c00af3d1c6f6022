// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

extension Tensor {
  /// `[batch, positions, width]` as `[batch, heads, positions, width / heads]`.
  func splitHeads(_ heads: Int) throws(TensorError) -> Tensor {
    let shape = self.shape
    guard shape.count == 3, shape[2].isMultiple(of: heads) else {
      throw TensorError(.refused, "\(self) has no positions of \(heads) equal parts")
    }
    return try reshaped([shape[0], shape[1], heads, shape[2] / heads]).transposed(1, 2)
  }

  /// `[batch, heads, positions, width]` as `[batch, positions, heads · width]`.
  func joinedHeads() throws(TensorError) -> Tensor {
    try transposed(1, 2).flattened(from: 2)
  }

  /// `[batch, channels, rows, columns]` as `[batch, rows · columns, channels]`; a view if channels
  /// are last in memory.
  func positions() throws(TensorError) -> Tensor {
    let shape = self.shape
    return try permuted([0, 2, 3, 1]).reshaped([shape[0], shape[2] * shape[3], shape[1]])
  }

  /// `[batch, rows · columns, channels]` as `[batch, channels, rows, columns]`, a view with channels
  /// last in memory.
  func picture(rows: Int, columns: Int) throws(TensorError) -> Tensor {
    let shape = self.shape
    return try reshaped([shape[0], rows, columns, shape[2]]).permuted([0, 3, 1, 2])
  }
}
