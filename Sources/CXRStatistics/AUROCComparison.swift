// SPDX-License-Identifier: Apache-2.0

/// The difference between two AUROCs, with its test.
///
/// When the difference has no variance there is no interval. If it is 0 as well – two models that
/// rank alike, or both separate the classes – the statistic is 0 and the p-value 1; if it is not,
/// there is neither.
public struct AUROCComparison: Hashable, Sendable {
  /// The first area minus the second.
  public let difference: Double
  /// The standard error of the difference, 0 when it has no variance.
  public let standardError: Double
  /// The difference over its standard error: *z*, or *t* when there are degrees of freedom.
  public let statistic: Double?
  /// The degrees of freedom of *t*, or `nil` for *z*.
  public let degreesOfFreedom: Double?
  /// The two-sided p-value.
  public let pValue: Double?
  /// The confidence interval of the difference.
  public let interval: Interval?
  /// Whether the difference has no variance, so that the usual test does not apply.
  public let hasZeroVariance: Bool

  /// Tests a difference.
  ///
  /// - Parameters:
  ///   - first: The first area.
  ///   - second: The second area.
  ///   - variance: The variance of their difference. An estimate for clusters can fall below 0,
  ///     which counts as none.
  ///   - degreesOfFreedom: The degrees of freedom of Student's distribution, or `nil` for the
  ///     normal one.
  ///   - confidence: The coverage of the interval, between 0 and 1.
  init(
    _ first: AUROC, _ second: AUROC, variance: Double, degreesOfFreedom: Double?,
    confidence: Double
  ) {
    difference = first.value - second.value
    hasZeroVariance = variance <= 0
    guard !hasZeroVariance else {
      standardError = 0
      statistic = difference == 0 ? 0 : nil
      pValue = difference == 0 ? 1 : nil
      self.degreesOfFreedom = nil
      interval = nil
      return
    }
    self.degreesOfFreedom = degreesOfFreedom
    standardError = variance.squareRoot()
    let ratio = difference / standardError
    statistic = ratio
    let halfWidth: Double
    if let degreesOfFreedom {
      pValue = SpecialFunctions.studentTwoSidedTail(ratio, degreesOfFreedom: degreesOfFreedom)
      halfWidth = SpecialFunctions.studentHalfWidth(
        confidence: confidence, degreesOfFreedom: degreesOfFreedom)
    } else {
      pValue = 2 * SpecialFunctions.normalUpperTail(abs(ratio))
      halfWidth = SpecialFunctions.normalHalfWidth(confidence: confidence)
    }
    interval = Interval(
      lower: difference - halfWidth * standardError,
      upper: difference + halfWidth * standardError)
  }
}
