// SPDX-License-Identifier: Apache-2.0

/// What a bootstrap computes: paired distributions in the order of its inputs.
public struct BootstrapDistributions: Sendable {
  /// The AUROC of each ranking.
  public let auroc: [ResampledDistribution]
  /// The average precision of each ranking.
  public let averagePrecision: [ResampledDistribution]
  /// The confusion counts of each set of decisions.
  public let confusions: [ResampledConfusion]

  /// Splits the distributions that a bootstrap evaluates: AUROC and average precision of each ranking in
  /// turn, then four cells of each set of decisions.
  init(_ all: [ResampledDistribution], rankingCount: Int) {
    self.auroc = (0..<rankingCount).map { all[2 * $0] }
    self.averagePrecision = (0..<rankingCount).map { all[2 * $0 + 1] }
    self.confusions = stride(from: 2 * rankingCount, to: all.count, by: 4).map { start in
      ResampledConfusion(cells: Array(all[start..<start + 4]))
    }
  }
}
