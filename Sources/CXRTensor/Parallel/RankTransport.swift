// SPDX-License-Identifier: Apache-2.0

/// What carries numbers between the ranks of a group, which all make the same calls.
package protocol RankTransport: Sendable {
  /// Puts the sums over all ranks in the place of the values, the same bits in each.
  func sum(_ values: UnsafeMutableBufferPointer<Float>) throws(TensorError)
  /// Puts the sums over all ranks in the place of the values, the same bits in each.
  func sum(_ values: UnsafeMutableBufferPointer<Double>) throws(TensorError)
  /// Puts the bytes of rank 0 in the place of those of the others.
  func broadcast(_ bytes: UnsafeMutableRawBufferPointer) throws(TensorError)
  /// Waits until every rank has come here.
  func wait() throws(TensorError)
  /// Leaves the group.
  func leave()
  /// Ends the processes of all ranks.
  func abort(status: Int32)
}
