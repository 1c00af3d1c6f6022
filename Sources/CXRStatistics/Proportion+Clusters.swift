// SPDX-License-Identifier: Apache-2.0

extension Proportion {
  /// Returns the factor by which clustering inflates the variance of a proportion.
  ///
  /// Outcomes of one patient resemble each other, so they tell less than as many outcomes of
  /// different patients; dividing the count by this factor gives the count of equal worth.
  ///
  ///     let effect = try Proportion.designEffect(outcomes: isMissed, clusters: patients)
  ///     proportion.wilson(designEffect: max(1, effect))
  ///
  /// - Parameters:
  ///   - outcomes: Whether each radiograph counts, shape `[n]`.
  ///   - clusters: The cluster of each radiograph, numbered from 0 (numbers may be left out), shape
  ///     `[n]`.
  /// - Returns: The clustered variance over the binomial one; it can fall below 1 by chance.
  /// - Throws: ``StatisticsError`` with code `.empty`, or `.zeroVariance` if all outcomes agree or
  ///   come from one cluster.
  /// - Precondition: The arrays have the same count, and no cluster is negative.
  /// - Complexity: O(*n* + largest cluster number).
  /// - SeeAlso: Rao & Scott, *Biometrics* 48 (1992), <https://doi.org/10.2307/2532311>.
  public static func designEffect(
    outcomes: [Bool], clusters: [Int]
  ) throws(StatisticsError) -> Double {
    precondition(outcomes.count == clusters.count, "one cluster per outcome")
    precondition(clusters.allSatisfy { $0 >= 0 }, "clusters are numbered from 0")
    let proportion = try Proportion(successes: outcomes.count { $0 }, of: outcomes.count)
    var residuals = [Double](repeating: 0, count: (clusters.max() ?? 0) + 1)
    var isSeen = [Bool](repeating: false, count: residuals.count)
    for (cluster, outcome) in zip(clusters, outcomes) {
      residuals[cluster] += (outcome ? 1 : 0) - proportion.value
      isSeen[cluster] = true
    }
    let clusterCount = Double(isSeen.count { $0 })
    let binomial = Double(proportion.count) * proportion.value * (1 - proportion.value)
    guard clusterCount > 1, binomial > 0 else {
      throw StatisticsError(
        .zeroVariance,
        "The design effect of a proportion needs two clusters and both outcomes, and has "
          + "\(Int(clusterCount)) clusters and \(proportion.successes) of \(proportion.count).")
    }
    let clustered = residuals.reduce(0) { $0 + $1 * $1 } * clusterCount / (clusterCount - 1)
    return clustered / binomial
  }
}
