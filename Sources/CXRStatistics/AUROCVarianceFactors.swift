// SPDX-License-Identifier: Apache-2.0

/// The factors that turn sums over placements into a variance or covariance of AUROCs.
///
/// With radiographs as units this is DeLong's estimator, with clusters Obuchowski's.
///
/// - SeeAlso: DeLong, DeLong & Clarke-Pearson, *Biometrics* 44 (1988),
///   <https://doi.org/10.2307/2531595>; Obuchowski, *Biometrics* 53 (1997),
///   <https://doi.org/10.2307/2533958>.
struct AUROCVarianceFactors {
  private let positive: Double
  private let negative: Double
  private let cross: Double

  /// Prepares the factors.
  ///
  /// - Parameters:
  ///   - ranked: Any model's sorted scores.
  ///   - units: The sampling units.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if a class comes from a single unit.
  init(_ ranked: RankedScores, units: SamplingUnits) throws(StatisticsError) {
    guard units.positiveUnitCount > 1, units.negativeUnitCount > 1 else {
      throw StatisticsError(
        .zeroVariance,
        "The variance of the AUROC is undefined: it needs two independent units of each class, "
          + "and has \(units.positiveUnitCount) positive and \(units.negativeUnitCount) negative.")
    }
    func inflation(_ count: Int) -> Double { Double(count) / Double(count - 1) }
    let (positives, negatives) = (Double(ranked.positiveCount), Double(ranked.negativeCount))
    let denominator = 2 * positives * negatives
    let square = denominator * denominator
    positive = inflation(units.positiveUnitCount) / (square * positives * positives)
    negative = inflation(units.negativeUnitCount) / (square * negatives * negatives)
    cross = inflation(units.count) / (square * positives * negatives)
  }

  /// Weighs sums of products.
  ///
  /// - Parameter moments: The sums over two models' placements.
  /// - Returns: The covariance of their AUROCs.
  func callAsFunction(_ moments: Placements.Moments) -> Double {
    positive * moments.positive + negative * moments.negative + cross * moments.cross
  }
}
