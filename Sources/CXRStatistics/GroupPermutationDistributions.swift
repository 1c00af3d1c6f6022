// SPDX-License-Identifier: Apache-2.0

/// What a group permutation computes for one group, in the order of its inputs.
public struct GroupPermutationDistributions: Sendable {
  /// The AUROC of each ranking within the group.
  public let auroc: [ResampledDistribution]
  /// The confusion counts of each set of decisions within the group.
  public let confusions: [ResampledConfusion]

  /// Splits the distributions of a group: AUROC of each ranking, then four cells of each set of
  /// decisions.
  init(_ all: [ResampledDistribution], rankingCount: Int) {
    self.auroc = Array(all.prefix(rankingCount))
    self.confusions = stride(from: rankingCount, to: all.count, by: 4).map { start in
      ResampledConfusion(cells: Array(all[start..<start + 4]))
    }
  }
}
