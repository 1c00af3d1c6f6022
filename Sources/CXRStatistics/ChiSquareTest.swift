// SPDX-License-Identifier: Apache-2.0

/// A chi-square statistic with its p-value.
public struct ChiSquareTest: Hashable, Sendable {
  /// The statistic.
  public let statistic: Double
  /// The degrees of freedom; 0 when nothing varies and nothing differs.
  public let degreesOfFreedom: Int
  /// The probability of a statistic at least as large under the hypothesis.
  public let pValue: Double

  /// Creates a test from its statistic.
  ///
  /// - Parameters:
  ///   - statistic: The statistic.
  ///   - degreesOfFreedom: The degrees of freedom; with 0 the p-value is 1.
  init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    pValue =
      degreesOfFreedom == 0
      ? 1 : SpecialFunctions.chiSquareUpperTail(statistic, degreesOfFreedom: degreesOfFreedom)
  }

  /// Tests whether all contrasts are 0: Wald's quadratic form, with the rank as degrees of freedom.
  ///
  /// The contrasts are taken one by one, that of largest remaining variance first, and each is
  /// conditioned on those before. What has no variance left must have no difference left.
  ///
  /// - Parameters:
  ///   - contrasts: The estimated contrasts, shape `[m]`.
  ///   - covariance: Their covariance, shape `[m][m]`.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if a contrast without variance is not 0.
  /// - Complexity: O(*m*³).
  init(contrasts: [Double], covariance: [[Double]]) throws(StatisticsError) {
    // What is smaller than rounding leaves behind counts as nothing.
    let rounding = 1e-12
    let largest = contrasts.indices.map { covariance[$0][$0] }.max() ?? 0
    var (contrasts, covariance) = (contrasts, covariance)
    var remaining = Set(contrasts.indices)
    var statistic = 0.0
    var rank = 0
    while let pivot = remaining.max(by: { (covariance[$0][$0], $1) < (covariance[$1][$1], $0) }),
      covariance[pivot][pivot] > rounding * largest
    {
      remaining.remove(pivot)
      rank += 1
      statistic += contrasts[pivot] * contrasts[pivot] / covariance[pivot][pivot]
      for i in remaining {
        let factor = covariance[i][pivot] / covariance[pivot][pivot]
        contrasts[i] -= factor * contrasts[pivot]
        for j in remaining { covariance[i][j] -= factor * covariance[pivot][j] }
      }
    }
    guard remaining.allSatisfy({ abs(contrasts[$0]) <= rounding }) else {
      throw StatisticsError(
        .zeroVariance, "Areas differ that do not vary against each other; no test is possible.")
    }
    self.init(statistic: statistic, degreesOfFreedom: rank)
  }
}
