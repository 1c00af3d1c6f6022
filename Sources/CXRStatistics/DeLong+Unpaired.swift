// SPDX-License-Identifier: Apache-2.0

extension DeLong {
  /// Tests whether a model's area here equals a model's area on other radiographs.
  ///
  /// The two sets of radiographs, and of clusters, must have nothing in common – women and men, or
  /// two hospitals. The statistic is compared with Student's distribution, with Welch's degrees of
  /// freedom.
  ///
  ///     try women.comparison(of: 0, withIndependent: men, model: 0)
  ///
  /// - Parameters:
  ///   - model: The model's position here.
  ///   - other: The areas on the other radiographs.
  ///   - otherModel: The model's position there.
  ///   - confidence: The coverage of the interval of the difference, between 0 and 1.
  /// - Returns: The comparison; positive differences favour the model here.
  /// - Throws: ``StatisticsError`` with code `.zeroVariance` if either variance is undefined.
  /// - SeeAlso: Welch, *Biometrika* 34 (1947), <https://doi.org/10.1093/biomet/34.1-2.28>; pROC's
  ///   `roc.test(paired = FALSE)`, Robin et al., *BMC Bioinformatics* 12 (2011),
  ///   <https://doi.org/10.1186/1471-2105-12-77>.
  public func comparison(
    of model: Int, withIndependent other: DeLong, model otherModel: Int, confidence: Double = 0.95
  ) throws(StatisticsError) -> AUROCComparison {
    let here = try covariance[model][model]
    let there = try other.covariance[otherModel][otherModel]
    let sum = here + there
    let spread =
      here * here / Double(unitCount - 1) + there * there / Double(other.unitCount - 1)
    return AUROCComparison(
      aurocs[model], other.aurocs[otherModel], variance: sum,
      degreesOfFreedom: sum * sum / spread, confidence: confidence)
  }
}
