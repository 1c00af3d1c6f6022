// SPDX-License-Identifier: Apache-2.0

/// How the AUROCs of several models on the same radiographs vary together.
struct AUROCCovariance {
  /// The covariances, shape `[models][models]`.
  let covariance: [[Double]]
  /// The variances of the differences, shape `[models][models]`.
  ///
  /// They come from the differences of placements, not from the covariances, whose digits cancel
  /// when two models are alike.
  let ofDifferences: [[Double]]
  /// The variances if each radiograph were a unit of its own, shape `[models]`.
  let ungrouped: [Double]

  /// Estimates the matrices.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores of each model.
  ///   - aurocs: Their AUROCs.
  ///   - labels: `true` for positive, shape `[n]`.
  ///   - units: The sampling units.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if a class comes from a single unit.
  /// - Complexity: O(*models*² · *n*).
  init(
    _ ranked: [RankedScores], aurocs: [AUROC], labels: [Bool], units: SamplingUnits
  ) throws(StatisticsError) {
    let variance = try AUROCVarianceFactors(ranked[0], units: units)
    let placements = zip(ranked, aurocs).map { Placements($0, auroc: $1, units: units) }
    let models = ranked.indices
    var covariance = models.map { _ in models.map { _ in 0.0 } }
    var ofDifferences = covariance
    for first in models {
      for second in first..<models.upperBound {
        let (left, right) = (placements[first], placements[second])
        covariance[first][second] = variance(left.moments(with: right, units: units))
        covariance[second][first] = covariance[first][second]
        if first == second { continue }
        let difference = left - right
        ofDifferences[first][second] = variance(difference.moments(with: difference, units: units))
        ofDifferences[second][first] = ofDifferences[first][second]
      }
    }
    self.covariance = covariance
    self.ofDifferences = ofDifferences
    guard units.canMixClasses else {
      ungrouped = models.map { covariance[$0][$0] }
      return
    }
    let radiographs = SamplingUnits(labels: labels, clusters: nil)
    let simpleVariance = try AUROCVarianceFactors(ranked[0], units: radiographs)
    ungrouped = models.map { model in
      let placements = Placements(ranked[model], auroc: aurocs[model], units: radiographs)
      return simpleVariance(placements.moments(with: placements, units: radiographs))
    }
  }
}
