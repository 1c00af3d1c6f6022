// SPDX-License-Identifier: Apache-2.0

/// Tests whether two models decide rightly equally often on the same radiographs.
///
///     McNemarTest(onlyFirst: 12, onlySecond: 5).exactPValue  // 0.143
///
/// - SeeAlso: McNemar, *Psychometrika* 12 (1947), <https://doi.org/10.1007/BF02295996>.
public struct McNemarTest: Hashable, Sendable {
  /// The number of radiographs on which only the first model is right.
  public let onlyFirst: Int
  /// The number of radiographs on which only the second model is right.
  public let onlySecond: Int

  /// Creates the test.
  ///
  /// - Parameters:
  ///   - onlyFirst: The number of radiographs on which only the first model is right.
  ///   - onlySecond: The number of radiographs on which only the second model is right.
  /// - Precondition: Neither count is negative.
  public init(onlyFirst: Int, onlySecond: Int) {
    precondition(onlyFirst >= 0 && onlySecond >= 0, "counts are not negative")
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
  }

  /// The two-sided p-value from the binomial distribution; 1 when the models never disagree.
  public var exactPValue: Double {
    let (few, many) = (Double(min(onlyFirst, onlySecond)), Double(max(onlyFirst, onlySecond)))
    if few == many { return 1 }
    return min(1, 2 * SpecialFunctions.regularizedBeta(0.5, many, few + 1))
  }

  /// The chi-square test without continuity correction.
  ///
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if the models never disagree.
  public var chiSquare: ChiSquareTest {
    get throws(StatisticsError) { try test(correction: 0) }
  }

  /// The chi-square test with Edwards' continuity correction.
  ///
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if the models never disagree.
  /// - SeeAlso: Edwards, *Psychometrika* 13 (1948), <https://doi.org/10.1007/BF02289261>.
  public var correctedChiSquare: ChiSquareTest {
    get throws(StatisticsError) { try test(correction: 1) }
  }

  private func test(correction: Int) throws(StatisticsError) -> ChiSquareTest {
    guard onlyFirst + onlySecond > 0 else {
      throw StatisticsError(
        .zeroVariance, "McNemar's chi-square is 0 / 0: the models decide alike everywhere.")
    }
    let distance = Double(max(0, abs(onlyFirst - onlySecond) - correction))
    return ChiSquareTest(
      statistic: distance * distance / Double(onlyFirst + onlySecond), degreesOfFreedom: 1)
  }
}
