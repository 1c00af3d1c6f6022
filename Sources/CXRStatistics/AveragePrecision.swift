// SPDX-License-Identifier: Apache-2.0

/// The average precision: the step-wise area under the precision-recall curve.
///
///     try AveragePrecision(scores: [0.1, 0.4, 0.35, 0.8], labels: [false, false, true, true])
///       .value  // 0.8333…
///
/// It is the sum over distinct scores of the recall gained there times the precision there,
/// without the interpolation that ``PrecisionRecallCurve/trapezoidArea`` makes.
///
/// - SeeAlso: Davis & Goadrich, *ICML* 2006, <https://doi.org/10.1145/1143844.1143874>.
public struct AveragePrecision: Hashable, Sendable {
  /// The average precision, in (0, 1].
  public let value: Double
  /// Whether there is no negative, so that the value is 1 whatever the scores.
  public let isTrivial: Bool

  /// Computes the average precision.
  ///
  /// - Parameter ranked: The sorted scores.
  /// - Throws: ``StatisticsError`` with code `.empty` or `.noPositives`.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores) throws(StatisticsError) {
    try ranked.requirePositives(for: "The average precision")
    var sum = CompensatedSum()
    for tie in ranked.ties where tie.positives > 0 {
      sum.add(Double(tie.positives * tie.truePositives) / Double(tie.predictedPositives))
    }
    value = sum.value / Double(ranked.positiveCount)
    isTrivial = ranked.negativeCount == 0
  }

  /// Sorts the scores and computes the average precision.
  ///
  /// - Parameters:
  ///   - scores: One finite score per radiograph, shape `[n]`; higher means positive.
  ///   - labels: `true` for positive, shape `[n]`.
  /// - Throws: ``StatisticsError`` with code `.nonFinite`, `.empty` or `.noPositives`.
  /// - Precondition: The arrays have the same count.
  /// - Complexity: O(*n* log *n*).
  public init(scores: [Double], labels: [Bool]) throws(StatisticsError) {
    try self.init(RankedScores(scores: scores, labels: labels))
  }
}
