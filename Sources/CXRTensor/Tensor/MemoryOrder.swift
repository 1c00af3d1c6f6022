// SPDX-License-Identifier: Apache-2.0

/// The order in which the elements of a four-axis tensor lie.
public enum MemoryOrder: String, Codable, Sendable {
  /// Row-major: batch, channel, row, column.
  case contiguous
  /// Batch, row, column, channel, which convolutions on tensor cores want.
  case channelsLast

  /// libtorch's number of the order, as in its `MemoryFormat.h`.
  var torchNumber: Int {
    switch self {
    case .contiguous: 0
    case .channelsLast: 2
    }
  }
}
