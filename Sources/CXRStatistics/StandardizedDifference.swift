// SPDX-License-Identifier: Apache-2.0

/// How far two groups lie apart in one variable, in units of their common spread.
///
/// Unlike a p-value it does not grow with the size of the groups; beyond 0.1 a difference is
/// commonly called notable.
///
///     try StandardizedDifference(proportion: 0.44, versus: 0.40).value  // 0.081
///
/// - SeeAlso: Austin, *Statistics in Medicine* 28 (2009), <https://doi.org/10.1002/sim.3697>.
public struct StandardizedDifference: Hashable, Sendable {
  /// The difference: of means and proportions first less second group, of more categories a
  /// distance, which is never negative.
  public let value: Double

  /// The size beyond which a difference is marked.
  public static let notableSize = 0.1

  /// Whether the difference is larger than ``notableSize`` in either direction.
  public var isNotable: Bool { abs(value) > Self.notableSize }

  /// Compares the means of a number: (m₁ − m₂) / √((s₁² + s₂²) / 2).
  ///
  /// - Parameters:
  ///   - mean: The mean in the first group, finite.
  ///   - standardDeviation: The standard deviation in the first group, divisor *n* − 1.
  ///   - otherMean: The mean in the second group, finite.
  ///   - otherStandardDeviation: The standard deviation in the second group.
  /// - Throws: ``StatisticsError`` with code `.nonFinite`, or `.zeroVariance` when neither group
  ///   varies.
  public init(
    mean: Double, standardDeviation: Double, versus otherMean: Double,
    standardDeviation otherStandardDeviation: Double
  ) throws(StatisticsError) {
    guard
      [mean, standardDeviation, otherMean, otherStandardDeviation].allSatisfy(\.isFinite)
    else {
      throw StatisticsError(
        .nonFinite, "A mean or a standard deviation is not finite; two values a group are needed.")
    }
    let variances =
      standardDeviation * standardDeviation + otherStandardDeviation * otherStandardDeviation
    try self.init(difference: mean - otherMean, varianceSum: variances)
  }

  /// Compares two proportions: (p₁ − p₂) / √((p₁q₁ + p₂q₂) / 2).
  ///
  /// - Parameters:
  ///   - proportion: The proportion in the first group, from 0 to 1.
  ///   - other: The proportion in the second group, from 0 to 1.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument`, or `.zeroVariance` when both
  ///   proportions are 0 or 1.
  public init(proportion: Double, versus other: Double) throws(StatisticsError) {
    guard (0...1).contains(proportion), (0...1).contains(other) else {
      throw StatisticsError(.invalidArgument, "A proportion lies from 0 to 1.")
    }
    try self.init(
      difference: proportion - other,
      varianceSum: proportion * (1 - proportion) + other * (1 - other))
  }

  /// Compares the shares of several categories by the Mahalanobis distance √(tᵀS⁻¹t), t being the
  /// differences of all shares but one and S the mean of the two multinomial covariances.
  ///
  /// Categories that neither group has do not count; for two categories this is the size of the
  /// difference of proportions.
  ///
  /// - Parameters:
  ///   - counts: The counts in the first group, shape `[categories]`.
  ///   - others: The counts in the second group, shape `[categories]`.
  /// - Throws: ``StatisticsError`` with code `.empty` when a group is empty, `.zeroVariance` when
  ///   fewer than two categories are in use, or the groups share too few of them.
  /// - Precondition: Both arrays have the same count and no negative element.
  /// - SeeAlso: Yang & Dalton, *SAS Global Forum* 2012, paper 335.
  public init(counts: [Int], versus others: [Int]) throws(StatisticsError) {
    precondition(counts.count == others.count, "one count for each category")
    let (total, otherTotal) = (counts.reduce(0, +), others.reduce(0, +))
    guard total > 0, otherTotal > 0 else {
      throw StatisticsError(.empty, "A group has no known category; there is nothing to compare.")
    }
    let used = counts.indices.filter { counts[$0] + others[$0] > 0 }.dropLast()
    guard !used.isEmpty else { throw Self.constant }
    let p = used.map { Double(counts[$0]) / Double(total) }
    let q = used.map { Double(others[$0]) / Double(otherTotal) }
    var covariance = p.indices.map { row in
      p.indices.map { column in
        ((row == column ? p[row] + q[row] : 0) - p[row] * p[column] - q[row] * q[column]) / 2
      }
    }
    value = try Self.mahalanobisNorm(of: zip(p, q).map { $0 - $1 }, under: &covariance)
  }

  private init(difference: Double, varianceSum: Double) throws(StatisticsError) {
    guard varianceSum > 0 else { throw Self.constant }
    value = difference / (varianceSum / 2).squareRoot()
  }

  private static let constant = StatisticsError(
    .zeroVariance, "The variable does not vary within the groups.")

  /// √(tᵀS⁻¹t) by the Cholesky factor L of S: the length of L⁻¹t.
  private static func mahalanobisNorm(
    of t: [Double], under s: inout [[Double]]
  ) throws(StatisticsError) -> Double {
    var solved: [Double] = []
    for row in t.indices {
      for column in 0...row {
        let product = (0..<column).reduce(0) { $0 + s[row][$1] * s[column][$1] }
        let rest = s[row][column] - product
        if column < row {
          s[row][column] = rest / s[column][column]
        } else {
          // Shares are counts over totals; what is smaller than this is rounding, not variance.
          guard rest > 1e-12 else { throw constant }
          s[row][row] = rest.squareRoot()
        }
      }
      let product = solved.indices.reduce(0) { $0 + s[row][$1] * solved[$1] }
      solved.append((t[row] - product) / s[row][row])
    }
    return solved.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
