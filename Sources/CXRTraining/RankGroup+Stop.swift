// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

extension RankGroup {
  /// Ends a run that is to stop: all ranks before the same step.
  ///
  /// - Parameter isToStop: Whether this rank was asked to stop; one whose task is cancelled was, too.
  /// - Throws: `CancellationError` in every rank, if one of them is to stop; `TensorError` if the
  ///   ranks cannot be reached.
  public func checkStop(_ isToStop: Bool) throws {
    // A rank that stopped by itself would let the others wait.
    if try any(isToStop || Task.isCancelled) { throw CancellationError() }
  }
}
