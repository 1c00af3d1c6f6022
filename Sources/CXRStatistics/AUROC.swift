// SPDX-License-Identifier: Apache-2.0

/// The area under the ROC curve, as an exact fraction.
///
///     try AUROC(scores: [0.1, 0.4, 0.35, 0.8], labels: [false, false, true, true]).value  // 0.75
///
/// The area is the share of (positive, negative) pairs in which the positive scores higher, a tie
/// counting half. It is never flipped when below one half.
///
/// - SeeAlso: Hanley & McNeil, *Radiology* 143 (1982),
///   <https://doi.org/10.1148/radiology.143.1.7063747>.
public struct AUROC: Hashable, Sendable {
  /// Twice the pairs won by the positive, plus the ties.
  public let numerator: Int
  /// Twice the number of pairs.
  public let denominator: Int

  /// The area, rounded once.
  public var value: Double { Double(numerator) / Double(denominator) }

  /// Computes the area.
  ///
  /// - Parameter ranked: The sorted scores.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.noPositives` or `.noNegatives`.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores) throws(StatisticsError) {
    try ranked.requireBothClasses(for: "The AUROC")
    let negatives = ranked.negativeCount
    numerator = ranked.ties.reduce(0) { sum, tie in
      sum + tie.positives * (2 * (negatives - tie.falsePositives) + tie.negatives)
    }
    denominator = 2 * ranked.positiveCount * negatives
  }

  /// Sorts the scores and computes the area.
  ///
  /// - Parameters:
  ///   - scores: One finite score per radiograph, shape `[n]`; higher means positive.
  ///   - labels: `true` for positive, shape `[n]`.
  /// - Throws: ``StatisticsError`` with code `.nonFinite`, `.empty`, `.noPositives` or
  ///   `.noNegatives`.
  /// - Precondition: The arrays have the same count.
  /// - Complexity: O(*n* log *n*).
  public init(scores: [Double], labels: [Bool]) throws(StatisticsError) {
    try self.init(RankedScores(scores: scores, labels: labels))
  }
}
