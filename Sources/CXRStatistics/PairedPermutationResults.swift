// SPDX-License-Identifier: Apache-2.0

/// The results of a paired permutation test for both rank statistics.
public struct PairedPermutationResults: Sendable {
  /// Differences of AUROC.
  public let auroc: PermutationFamily
  /// Differences of average precision.
  public let averagePrecision: PermutationFamily
}
