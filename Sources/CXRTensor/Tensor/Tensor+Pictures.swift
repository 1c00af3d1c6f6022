// SPDX-License-Identifier: Apache-2.0

// Pictures have the shape [batch, channel, row, column].
extension Tensor {
  /// Pictures with zeros added on the right and below.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for tensors with fewer than two axes.
  public func padded(right: Int, bottom: Int) throws(TensorError) -> Tensor {
    try Operator.pad(.tensor(self), .integers([0, right, 0, bottom]))
  }

  /// Pictures in another size, each pixel that of the nearest one above and left.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for a side below 1.
  public func resizedNearest(rows: Int, columns: Int) throws(TensorError) -> Tensor {
    try Operator.resize(.tensor(self), .integers([rows, columns]))
  }
}

extension Operator {
  fileprivate static let pad = Operator("aten::constant_pad_nd")
  fileprivate static let resize = Operator("aten::upsample_nearest2d")
}
